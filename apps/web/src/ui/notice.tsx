import type { JSX } from 'solid-js'
import { failureOf } from '../lib/failure.ts'
import { Button } from './button.tsx'
import * as words from './words.ts'

/** A message that fills a page or an empty list, with actions. */
export function Notice(props: { art?: JSX.Element; title: string; children?: JSX.Element; actions?: JSX.Element }) {
  return (
    <div class="mx-auto flex max-w-lg flex-col items-center px-6 py-16 text-center">
      {props.art}
      <h1 class="mt-6 text-3xl">{props.title}</h1>
      <div class="mt-3 leading-relaxed text-soft">{props.children}</div>
      <div class="mt-8 flex flex-wrap justify-center gap-3">{props.actions}</div>
    </div>
  )
}

/** Says that something could not be loaded and why, and tries again. */
export function DidNotArrive(props: {
  /** As the beginning of a sentence: “The movies”. */
  what: string
  error: unknown
  onRetry: () => unknown
  /** What else can be done. */
  children?: JSX.Element
}) {
  return (
    <Notice
      title={words.didNotArrive(props.what)}
      actions={
        <>
          <Button onClick={() => props.onRetry()}>{words.tryAgain}</Button>
          {props.children}
        </>
      }
    >
      <p>{failureOf(props.error).message}</p>
    </Notice>
  )
}

/** An error inside a page or dialog. */
export function Alert(props: { children: JSX.Element }) {
  return (
    <div role="alert" class="rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-sm text-danger">
      {props.children}
    </div>
  )
}

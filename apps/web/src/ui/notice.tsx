import type { JSX } from 'solid-js'

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

/** An error inside a page or dialog. */
export function Alert(props: { children: JSX.Element }) {
  return (
    <div role="alert" class="rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-sm text-danger">
      {props.children}
    </div>
  )
}

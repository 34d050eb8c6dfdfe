import { languageNames, languages } from '@worldloom/schema/languages'
import { For, type JSX } from 'solid-js'
import { setLanguage } from '../../lib/language.ts'
import { language } from '../../lib/words.ts'
import { Logo } from '../../ui/Logo.tsx'
import { dusk, WorldCover } from '../worlds/WorldCover.tsx'
import * as words from './words.ts'

/** The layout of pages for people who are not signed in. */
export function Entrance(props: { title: string; intro?: JSX.Element; children: JSX.Element }) {
  return (
    <main class="grid min-h-dvh grow grid-rows-[auto_1fr] lg:grid-cols-[1.15fr_1fr] lg:grid-rows-1">
      <div class="relative h-36 overflow-hidden sm:h-48 lg:h-auto">
        <WorldCover id="worldloom" palette={dusk} class="absolute inset-0 size-full" />
        <p class="absolute bottom-10 left-10 hidden max-w-md font-display text-4xl leading-tight font-medium text-white lg:block">
          {words.everyWorldBeginsAsA}
        </p>
      </div>
      <div class="mx-auto flex w-full max-w-md flex-col px-6 py-10 lg:justify-center">
        <Logo />
        <h1 class="mt-8 text-4xl">{props.title}</h1>
        <div class="mt-3 leading-relaxed text-soft">{props.intro}</div>
        <div class="mt-8">{props.children}</div>
        <LanguageChoice />
      </div>
    </main>
  )
}

/** A link inside a sentence. */
export const textLink = 'font-medium text-accent underline underline-offset-4'

/** For those whose browser asks for another language than they read. Who is signed in has it in the menu. */
function LanguageChoice() {
  return (
    <fieldset class="mt-10 flex flex-wrap gap-x-2 text-sm text-soft">
      <legend class="sr-only">{words.language}</legend>
      <For each={languages}>
        {(each) => (
          <button
            type="button"
            lang={each}
            class="min-h-6 rounded px-1.5 hover:text-ink aria-pressed:font-medium aria-pressed:text-ink"
            aria-pressed={each === language}
            onClick={() => each !== language && setLanguage(each)}
          >
            {languageNames[each]}
          </button>
        )}
      </For>
    </fieldset>
  )
}

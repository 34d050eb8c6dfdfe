import { Link, useLocation } from '@tanstack/solid-router'
import { createEffect, For, on } from 'solid-js'
import type { pagePaths } from '../pagePaths.ts'

type Path = (typeof pagePaths)[keyof typeof pagePaths]

export interface SectionTab {
  readonly to: Exclude<Path, `${string}$${string}`>
  readonly label: string
}

/** The pages of one section, side by side in a row, which scrolls on narrow screens. */
export function SectionTabs(props: { label: string; tabs: readonly SectionTab[] }) {
  const location = useLocation()
  let nav: HTMLElement | undefined
  // Keeps the current tab in view if the row is wider than the screen.
  createEffect(
    on(
      () => location().pathname,
      () =>
        requestAnimationFrame(() =>
          nav?.querySelector('[aria-current=page]')?.scrollIntoView({ inline: 'center', block: 'nearest' }),
        ),
    ),
  )
  return (
    <nav
      ref={(element) => {
        nav = element
      }}
      aria-label={props.label}
      class="-mx-4 mb-8 overflow-x-auto px-4 sm:-mx-6 sm:px-6"
    >
      <ul class="flex min-w-max gap-1 border-b border-line">
        <For each={props.tabs}>
          {(tab) => (
            <li>
              <Link
                to={tab.to}
                class="-mb-px inline-flex min-h-11 items-center border-b-2 border-transparent px-3.5 text-sm whitespace-nowrap text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {tab.label}
              </Link>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}

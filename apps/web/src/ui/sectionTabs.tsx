import { Link, useLocation } from '@tanstack/solid-router'
import { createEffect, For, type JSX, on } from 'solid-js'
import type { pagePaths } from '../pagePaths.ts'

type Path = (typeof pagePaths)[keyof typeof pagePaths]

export interface SectionTab {
  readonly to: Exclude<Path, `${string}$${string}`>
  readonly label: string
}

export const tabClass =
  '-mb-px inline-flex min-h-11 items-center border-b-2 border-transparent px-3.5 text-sm whitespace-nowrap text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink'

/** A row of tabs, which scrolls on narrow pages. */
export function TabList(props: { label: string; children: JSX.Element }) {
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
      <ul class="flex min-w-max gap-1 border-b border-line">{props.children}</ul>
    </nav>
  )
}

/** The pages of one section, side by side. */
export function SectionTabs(props: { label: string; tabs: readonly SectionTab[] }) {
  return (
    <TabList label={props.label}>
      <For each={props.tabs}>
        {(tab) => (
          <li>
            <Link to={tab.to} class={tabClass}>
              {tab.label}
            </Link>
          </li>
        )}
      </For>
    </TabList>
  )
}

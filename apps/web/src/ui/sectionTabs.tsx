import { Link } from '@tanstack/solid-router'
import { For } from 'solid-js'
import type { pagePaths } from '../pagePaths.ts'

type Path = (typeof pagePaths)[keyof typeof pagePaths]

export interface SectionTab {
  readonly to: Exclude<Path, '/worlds/$worldId'>
  readonly label: string
}

/** The pages of one section, side by side. */
export function SectionTabs(props: { label: string; tabs: readonly SectionTab[] }) {
  return (
    <nav aria-label={props.label} class="-mx-4 mb-8 overflow-x-auto px-4">
      <ul class="flex gap-1 border-b border-line">
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

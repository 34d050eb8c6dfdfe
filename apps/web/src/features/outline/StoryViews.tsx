import { Link } from '@tanstack/solid-router'
import BookOpenText from 'lucide-solid/icons/book-open-text'
import Columns from 'lucide-solid/icons/columns-3'
import Grid from 'lucide-solid/icons/grid-3x3'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import ListTree from 'lucide-solid/icons/list-tree'
import { For } from 'solid-js'
import { pagePaths } from '../../pagePaths.ts'
import * as words from './words.ts'

const views = [
  { name: 'outline', label: words.outline, icon: ListTree },
  { name: 'board', label: words.board, icon: Columns },
  { name: 'cork', label: words.corkboard, icon: LayoutGrid },
  { name: 'text', label: words.readItThrough, icon: BookOpenText },
  { name: 'cast', label: words.whoIsInWhichScene, icon: Grid },
] as const

export type StoryView = (typeof views)[number]['name']

/** The ways to look at a story, all of the same acts and scenes. */
export function StoryViews(props: { worldId: string; storyId: string; view: StoryView }) {
  const params = () => ({ worldId: props.worldId, entityId: props.storyId })
  const target = (view: StoryView) => {
    switch (view) {
      case 'outline':
        return { to: pagePaths.entity, params: { ...params(), plural: 'stories' } } as const
      case 'board':
        return { to: pagePaths.storyBoard, params: params(), search: {} } as const
      case 'cork':
        return { to: pagePaths.storyBoard, params: params(), search: { view: 'cork' } } as const
      case 'text':
        return { to: pagePaths.storyText, params: params() } as const
      case 'cast':
        return { to: pagePaths.storyCast, params: params() } as const
    }
  }
  return (
    <nav aria-label={words.viewsOfTheStory} class="-mx-1 flex max-w-full gap-1 overflow-x-auto p-1 print:hidden">
      <For each={views}>
        {({ name, label, icon: Icon }) => (
          <Link
            {...target(name)}
            class={`inline-flex min-h-10 shrink-0 items-center gap-2 rounded-full px-3 text-sm font-medium ${
              props.view === name ? 'bg-accent-wash text-ink' : 'text-soft hover:bg-sunk hover:text-ink'
            }`}
            aria-current={props.view === name ? 'page' : undefined}
          >
            <Icon class="size-4" aria-hidden="true" />
            {label}
          </Link>
        )}
      </For>
    </nav>
  )
}

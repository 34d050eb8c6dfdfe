import { Link } from '@tanstack/solid-router'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import { Show } from 'solid-js'
import type { WorldSummary } from '../../lib/api.ts'
import { timeAgo } from '../../lib/time.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { visibilityTexts } from '../sharing/visibility.ts'
import { goneForGood } from './goneForGood.ts'
import { WorldCover } from './WorldCover.tsx'
import * as words from './words.ts'

export function WorldCard(props: { world: WorldSummary; onRestore?: () => void }) {
  return (
    <article class="group relative flex h-full flex-col overflow-hidden rounded-3xl border border-line bg-card shadow-card transition-shadow hover:shadow-lifted">
      <WorldCover id={props.world.id} class="h-36 w-full" />
      <div class="flex grow flex-col p-5">
        <h2 class="text-xl leading-snug">
          <Show when={!props.onRestore} fallback={props.world.displayName}>
            <Link
              to={pagePaths.world}
              params={{ worldId: props.world.id }}
              class="after:absolute after:inset-0 after:rounded-3xl group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-offset-[-3px] focus-visible:after:outline-accent"
            >
              <bdi>{props.world.displayName}</bdi>
            </Link>
          </Show>
        </h2>
        <p class="mt-2 line-clamp-3 text-sm leading-relaxed text-soft">{props.world.description}</p>
        <div class="mt-auto flex items-center justify-between gap-3 pt-4 text-xs text-soft">
          <span>
            <Show when={props.world.keptUntil} fallback={visibilityTexts[props.world.visibility].label}>
              {(until) => goneForGood(until())}
            </Show>
            <Show when={props.world.role !== 'owner'}>
              {' '}
              · {props.world.role === 'editor' ? words.youAreAnEditor : words.youAreAViewer}
            </Show>
          </span>
          <Show
            when={props.onRestore}
            fallback={<time dateTime={props.world.updatedAt}>{timeAgo(props.world.updatedAt)}</time>}
          >
            {(restore) => (
              <Button onClick={() => restore()()}>
                <ArchiveRestore class="size-4" aria-hidden="true" />
                {words.restore}
              </Button>
            )}
          </Show>
        </div>
      </div>
    </article>
  )
}

export function WorldCardSkeleton() {
  return (
    <div class="h-72 animate-[shimmer_1.6s_ease-in-out_infinite] overflow-hidden rounded-3xl border border-line bg-card">
      <div class="h-36 bg-sunk" />
      <div class="grid gap-3 p-5">
        <div class="h-5 w-2/3 rounded-full bg-sunk" />
        <div class="h-3 rounded-full bg-sunk" />
        <div class="h-3 w-4/5 rounded-full bg-sunk" />
      </div>
    </div>
  )
}

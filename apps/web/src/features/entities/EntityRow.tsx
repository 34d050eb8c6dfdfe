import { withoutMentions } from '@worldloom/schema/mentionText'
import { For, Show } from 'solid-js'
import type { EntitySummary, Kind } from '../../lib/kinds.ts'
import { timeAgo } from '../../lib/time.ts'
import { Badge } from '../../ui/panel.tsx'
import { EntityLink } from './EntityLink.tsx'
import { shortFacts } from './shortFacts.ts'

/** What a list tells of an entry. */
export function EntityRow(props: { kind: Kind; entity: EntitySummary }) {
  const facts = () => shortFacts(props.kind, props.entity)
  return (
    <div class="relative min-w-0 grow py-4">
      <div class="flex items-baseline justify-between gap-4">
        <p class="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
          <EntityLink
            worldId={props.entity.worldId}
            kind={props.kind.kind}
            id={props.entity.id}
            name={props.entity.displayName}
            class="font-display text-lg font-semibold after:absolute after:inset-0 hover:text-accent"
          />
          <For each={facts()}>{(fact) => <Badge>{fact}</Badge>}</For>
        </p>
        <time class="shrink-0 text-xs text-soft" dateTime={props.entity.updatedAt}>
          {timeAgo(props.entity.updatedAt)}
        </time>
      </div>
      <Show when={props.entity.description}>
        <p class="mt-1 line-clamp-2 max-w-prose text-sm leading-relaxed text-soft">
          {withoutMentions(props.entity.description)}
        </p>
      </Show>
    </div>
  )
}

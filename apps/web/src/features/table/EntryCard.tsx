import { withoutMentions } from '@worldloom/schema/mentionText'
import { Show } from 'solid-js'
import type { Kind } from '../../lib/kinds.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { kindIcons } from '../entities/kindIcons.ts'
import { shortFacts } from '../entities/shortFacts.ts'
import type { Row } from './createRows.ts'
import type { Selection } from './createSelection.ts'
import { createRowPicture } from './rowPicture.ts'
import { SelectBox } from './SelectBox.tsx'
import { TagDots } from './TagDots.tsx'

/** An entry as a card: its cover, its name, and what is short. */
export function EntryCard(props: { kind: Kind; row: Row; index: number; selection: Selection | undefined }) {
  const Icon = kindIcons[props.kind.kind]
  const isImage = props.kind.kind === 'image'
  const picture = createRowPicture(() => props.row, isImage)
  return (
    // biome-ignore lint/a11y/useSemanticElements: between the list and its items are the lines
    <div
      role="listitem"
      class="group relative flex h-full flex-col overflow-hidden rounded-2xl border bg-card shadow-card transition-shadow hover:shadow-lifted"
      classList={{
        'border-accent': props.selection?.has(props.row.id) ?? false,
        'border-line': !props.selection?.has(props.row.id),
      }}
    >
      <div class="grid aspect-4/3 shrink-0 place-items-center bg-sunk">
        <Show
          when={picture.url()}
          fallback={<Icon class="size-10 text-soft/70" stroke-width={1.1} aria-hidden="true" />}
        >
          {(source) => (
            // The name below says what it is of.
            <img
              src={source()}
              alt=""
              loading="lazy"
              class="aspect-4/3 w-full object-cover"
              onError={picture.onError}
            />
          )}
        </Show>
      </div>
      <div class="grid min-h-16 content-start gap-1 p-3.5 text-sm">
        <p class="truncate">
          <EntityLink
            worldId={props.row.worldId}
            kind={props.kind.kind}
            id={props.row.id}
            name={props.row.displayName}
            class="font-display text-base font-semibold after:absolute after:inset-0 group-hover:text-accent"
          />
        </p>
        <Show when={!isImage}>
          <p class="line-clamp-2 text-soft">
            {withoutMentions(props.row.description) || shortFacts(props.kind, props.row).join(' · ')}
          </p>
        </Show>
        <Show when={props.row.lists.tags?.length}>
          <p class="truncate text-xs text-soft">
            <TagDots ids={(props.row.lists.tags ?? []).slice(0, 3)} names={props.row.names} />
          </p>
        </Show>
      </div>
      <Show when={props.selection}>
        {(selection) => (
          <span
            class="absolute top-2 left-2 z-10 rounded-full bg-raised/90 transition-opacity"
            classList={{
              'opacity-0 group-hover:opacity-100 focus-within:opacity-100 [@media(hover:none)]:opacity-100':
                selection().selected().size === 0,
            }}
          >
            <SelectBox row={props.row} index={props.index} selection={selection()} />
          </span>
        )}
      </Show>
    </div>
  )
}

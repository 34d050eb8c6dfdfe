import { useQuery } from '@tanstack/solid-query'
import TagIcon from 'lucide-solid/icons/tag'
import { createSignal, For, Show, Suspense } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import * as common from '../../ui/words.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import { tagDots } from './tagLook.ts'
import * as words from './words.ts'

const TagsDialog = lazyDialog(() => import('./TagsDialog.tsx'))

/** A button in the row of tags and spoilers. */
export const markButton =
  'inline-flex min-h-8 items-center gap-1.5 rounded-full px-2 text-sm text-soft hover:bg-sunk hover:text-ink'

/** The tags of an entry. */
export function EntryTags(props: { id: string; worldId: string }) {
  const rights = useWorldRights()
  const found = useQuery(() => trpc.tag.of.queryOptions({ id: props.id }))
  const [editing, setEditing] = createSignal(false)
  const tags = () => dataOf(found)?.tags ?? []
  return (
    <Show when={dataOf(found)}>
      <ul class="contents" aria-label={common.tags}>
        <For each={tags()}>
          {(tag) => (
            <li class="inline-flex items-center gap-2 rounded-full border border-line bg-card px-3 py-1 text-sm">
              <span class={`size-2.5 rounded-full ${tagDots[tag.color]}`} aria-hidden="true" />
              <bdi>{tag.name}</bdi>
            </li>
          )}
        </For>
      </ul>
      <Show when={rights.mayUpdate()}>
        <button type="button" class={markButton} onClick={() => setEditing(true)}>
          <TagIcon class="size-4" aria-hidden="true" />
          {tags().length > 0 ? words.editTags : words.addTags}
        </button>
      </Show>
      <Show when={editing()}>
        <Suspense>
          <TagsDialog
            id={props.id}
            worldId={props.worldId}
            chosen={tags().map(({ id }) => id)}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      </Show>
    </Show>
  )
}

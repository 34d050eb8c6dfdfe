import { useQuery } from '@tanstack/solid-query'
import { For, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import type { KindFilter } from '../../lib/kinds.ts'
import { Choice } from '../../ui/choice.tsx'
import EntityPicker from '../records/EntityPicker.tsx'

/** The filters that a kind's list offers. */
export default function Filters(props: {
  filters: readonly KindFilter[]
  worldId: string
  chosen: Readonly<Record<string, string | undefined>>
  onChange: (changed: Record<string, string | undefined>) => void
}) {
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: props.worldId }))
  return (
    <div class="grid gap-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-2 lg:grid-cols-3">
      <For each={props.filters}>
        {({ name, label, control }) => (
          <Show
            when={control.as === 'choice' && control}
            fallback={
              control.as === 'reference' && (
                <EntityPicker
                  worldId={props.worldId}
                  kinds={[control.kind]}
                  label={label}
                  value={props.chosen[name] ?? null}
                  onChange={(id) => props.onChange({ [name]: id ?? undefined })}
                />
              )
            }
          >
            {(choice) => (
              <Choice
                label={label}
                value={props.chosen[name] ?? ''}
                onChange={(value) => props.onChange({ [name]: value || undefined })}
                options={[['', 'Any'], ...Object.entries(choice().options)]}
              />
            )}
          </Show>
        )}
      </For>
      <Show when={(dataOf(tags)?.items.length ?? 0) > 0}>
        <Choice
          label="Tag"
          value={props.chosen.tagId ?? ''}
          onChange={(tagId) => props.onChange({ tagId: tagId || undefined })}
          options={[['', 'Any'], ...(dataOf(tags)?.items ?? []).map(({ id, name }) => [id, name] as const)]}
        />
      </Show>
    </div>
  )
}

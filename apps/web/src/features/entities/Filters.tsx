import { For, Show } from 'solid-js'
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
                  kind={control.kind}
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
    </div>
  )
}

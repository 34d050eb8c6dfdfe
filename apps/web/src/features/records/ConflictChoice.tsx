import { For } from 'solid-js'
import { createStore } from 'solid-js/store'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { dialogActions } from '../../ui/dialog.tsx'
import { FieldValue } from './FieldValue.tsx'
import { type Draft, differences, type FormField, withFields } from './recordFields.ts'

/**
 * Two versions of a record side by side, field by field. For fields that the person did not change, the other version
 * is preselected.
 */
export function ConflictChoice(props: {
  fields: readonly FormField[]
  /** The record when editing began. */
  base: Draft
  mine: Draft
  theirs: Draft
  theirsSavedAt: string
  onChosen: (draft: Draft) => void
  onBack: () => void
}) {
  const fields = differences(props.fields, props.mine, props.theirs)
  const untouched = fields.filter(({ name }) => (props.mine[name] ?? '') === (props.base[name] ?? ''))
  const [theirs, setTheirs] = createStore<Partial<Record<string, boolean>>>(
    Object.fromEntries(untouched.map(({ name }) => [name, true])),
  )
  const chosen = () =>
    withFields(
      props.mine,
      props.theirs,
      fields.filter(({ name }) => theirs[name]),
    )

  return (
    <form
      class="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        props.onChosen(chosen())
      }}
    >
      <For each={fields} fallback={<p class="text-soft">Both say the same: save to take the latest version.</p>}>
        {(field) => (
          <fieldset>
            <legend class="mb-2 text-sm font-semibold">{field.label}</legend>
            <div class="grid gap-3 sm:grid-cols-2">
              <Version
                field={field}
                label="Yours"
                value={props.mine[field.name] ?? null}
                checked={!theirs[field.name]}
                onChoose={() => setTheirs(field.name, false)}
              />
              <Version
                field={field}
                label={`Theirs, saved ${timeAgo(props.theirsSavedAt)}`}
                value={props.theirs[field.name] ?? null}
                checked={theirs[field.name] === true}
                onChoose={() => setTheirs(field.name, true)}
              />
            </div>
          </fieldset>
        )}
      </For>
      <div class={dialogActions}>
        <Button look="quiet" onClick={props.onBack}>
          Back to editing
        </Button>
        <Button look="primary" type="submit">
          Save this version
        </Button>
      </div>
    </form>
  )
}

function Version(props: {
  field: FormField
  label: string
  value: string | null
  checked: boolean
  onChoose: () => void
}) {
  return (
    <label class="flex items-start gap-3 rounded-xl border border-field bg-card p-3.5 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-accent">
      <input
        type="radio"
        class="mt-1 accent-accent outline-none"
        name={`conflict-${props.field.name}`}
        checked={props.checked}
        onChange={props.onChoose}
      />
      <span class="min-w-0 grow">
        <span class="block text-xs font-medium text-soft">{props.label}</span>
        <span class="mt-1 block max-h-48 overflow-y-auto text-sm whitespace-pre-wrap">
          <FieldValue field={props.field} value={props.value} />
        </span>
      </span>
    </label>
  )
}

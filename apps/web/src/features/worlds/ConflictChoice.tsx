import { For } from 'solid-js'
import { createStore } from 'solid-js/store'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { dialogActions } from '../../ui/dialog.tsx'
import { differences, fieldLabels, type WorldDraft, withFields } from './worldFields.ts'

/** Two versions of a world side by side, field by field. Of what one did not touch, theirs is chosen to begin with. */
export function ConflictChoice(props: {
  /** The world as it was when one began. */
  base: WorldDraft
  mine: WorldDraft
  theirs: WorldDraft
  theirsSavedAt: string
  onChosen: (draft: WorldDraft) => void
  onBack: () => void
}) {
  const fields = differences(props.mine, props.theirs)
  const untouched = fields.filter((field) => props.mine[field] === props.base[field])
  const [theirs, setTheirs] = createStore<Partial<Record<keyof WorldDraft, boolean>>>(
    Object.fromEntries(untouched.map((field) => [field, true])),
  )
  const chosen = () =>
    withFields(
      props.mine,
      props.theirs,
      fields.filter((field) => theirs[field]),
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
            <legend class="mb-2 text-sm font-semibold">{fieldLabels[field]}</legend>
            <div class="grid gap-3 sm:grid-cols-2">
              <Version
                field={field}
                label="Yours"
                value={props.mine[field]}
                checked={!theirs[field]}
                onChoose={() => setTheirs(field, false)}
              />
              <Version
                field={field}
                label={`Theirs, saved ${timeAgo(props.theirsSavedAt)}`}
                value={props.theirs[field]}
                checked={theirs[field] === true}
                onChoose={() => setTheirs(field, true)}
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

function Version(props: { field: string; label: string; value: string; checked: boolean; onChoose: () => void }) {
  return (
    <label class="flex items-start gap-3 rounded-xl border border-field bg-card p-3.5 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-accent">
      <input
        type="radio"
        class="mt-1 accent-accent outline-none"
        name={`conflict-${props.field}`}
        checked={props.checked}
        onChange={props.onChoose}
      />
      <span class="min-w-0 grow">
        <span class="block text-xs font-medium text-soft">{props.label}</span>
        <span class="mt-1 block max-h-48 overflow-y-auto text-sm whitespace-pre-wrap">
          {props.value || <em class="text-soft">empty</em>}
        </span>
      </span>
    </label>
  )
}

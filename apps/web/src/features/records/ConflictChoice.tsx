import type { TextPart } from '@worldloom/schema'
import { diffWordsWithSpace } from 'diff'
import { For, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { dialogActions } from '../../ui/dialog.tsx'
import { TextDiff } from '../history/TextDiff.tsx'
import { FieldValue } from './FieldValue.tsx'
import { type Draft, type FormField, withFields } from './recordFields.ts'
import * as words from './words.ts'

/** The fields that both the person and somebody else changed, side by side, with what each of them changed. */
export default function ConflictChoice(props: {
  /** Those to choose of. */
  fields: readonly FormField[]
  /** The record when editing began. */
  base: Draft
  /** With what goes together with theirs. */
  mine: Draft
  theirs: Draft
  theirsSavedAt: string
  onChosen: (draft: Draft) => void
  onBack: () => void
}) {
  const [theirs, setTheirs] = createStore<Partial<Record<string, boolean>>>({})
  const chosen = () =>
    withFields(
      props.mine,
      props.theirs,
      props.fields.filter(({ name }) => theirs[name]),
    )

  return (
    <form
      class="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        props.onChosen(chosen())
      }}
    >
      <For each={props.fields} fallback={<p class="text-soft">{words.bothSayTheSameSave}</p>}>
        {(field) => (
          <fieldset>
            <legend class="mb-2 text-sm font-semibold">{field.label}</legend>
            <div class="grid gap-3 sm:grid-cols-2">
              <Version
                field={field}
                label={words.yours}
                value={props.mine[field.name] ?? null}
                base={props.base[field.name] ?? ''}
                checked={!theirs[field.name]}
                onChoose={() => setTheirs(field.name, false)}
              />
              <Version
                field={field}
                label={words.theirsSaved(timeAgo(props.theirsSavedAt))}
                value={props.theirs[field.name] ?? null}
                base={props.base[field.name] ?? ''}
                checked={theirs[field.name] === true}
                onChoose={() => setTheirs(field.name, true)}
              />
            </div>
          </fieldset>
        )}
      </For>
      <div class={dialogActions}>
        <Button look="quiet" onClick={props.onBack}>
          {words.backToEditing}
        </Button>
        <Button look="primary" type="submit">
          {words.saveThisVersion}
        </Button>
      </div>
    </form>
  )
}

function isText({ control }: FormField): boolean {
  return control.as === 'line' || control.as === 'paragraph' || control.as === 'markdown'
}

/** @returns the whole text, if comparing takes too long */
function diffWordsOf(before: string, after: string): TextPart[] {
  const changes = diffWordsWithSpace(before, after, { timeout: 200 }) ?? [{ added: true, removed: false, value: after }]
  return changes.map(({ added, removed, value }) => ({
    change: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function Version(props: {
  field: FormField
  label: string
  value: string | null
  /** What it was when editing began. */
  base: string
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
          <Show when={isText(props.field)} fallback={<FieldValue field={props.field} value={props.value} />}>
            <TextDiff parts={diffWordsOf(props.base, props.value ?? '')} />
          </Show>
        </span>
      </span>
    </label>
  )
}

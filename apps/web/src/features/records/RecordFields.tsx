import { For, lazy, Match, Show, Switch } from 'solid-js'
import type { Faults } from '../../lib/failure.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { setEdited, whoEdits } from '../live/presence.ts'
import { MentionField } from '../mentions/MentionField.tsx'
import { WorldDateField } from '../time/WorldDateField.tsx'
import type { Draft, FormControl, FormField } from './recordFields.ts'
import * as words from './words.ts'

const EntityPicker = lazy(() => import('./EntityPicker.tsx'))

/** The height of text areas in lines, by type of text. */
const rows = { paragraph: 3, markdown: 6 } as const

/** The lines of a long text; undefined for other controls. */
function rowsOf({ as }: FormControl): number | undefined {
  return as === 'paragraph' || as === 'markdown' ? rows[as] : undefined
}

/** The fields of a form, from their definitions. */
export function RecordFields(props: {
  fields: readonly FormField[]
  draft: Draft
  onChange: (field: string, value: string | null) => void
  faults: Faults
  /** The world whose entries can be referred to, if any. */
  worldId?: string | undefined
  /** The entry being edited, which can't refer to itself. */
  self?: string | undefined
  /** Whether they are in a grid, where long texts take a row each. */
  isGrid?: boolean
}) {
  return (
    <For each={props.fields}>
      {(field, index) => {
        const value = () => props.draft[field.name] ?? ''
        const change = (changed: string | null) => props.onChange(field.name, changed)
        return (
          // The focus says which field is being edited, and tells nobody that it could be used.
          <div
            role="presentation"
            class={props.isGrid && rowsOf(field.control) ? 'col-span-full' : ''}
            onFocusIn={() => props.self && setEdited({ subjectId: props.self, field: field.name })}
          >
            <Switch
              fallback={
                <Field
                  label={field.label}
                  name={field.name}
                  value={value()}
                  onChange={change}
                  fault={props.faults[field.name]}
                  hint={field.hint}
                  type={field.control.as === 'date' ? 'date' : 'text'}
                  {...(rowsOf(field.control) !== undefined && { rows: rowsOf(field.control) ?? 1 })}
                  {...(field.required && { required: true })}
                  {...(index() === 0 && !props.isGrid && { autofocus: true })}
                />
              }
            >
              <Match when={of(field.control, 'worldDate')}>
                <WorldDateField
                  label={field.label}
                  name={field.name}
                  value={value()}
                  onChange={change}
                  fault={props.faults[field.name]}
                  hint={field.hint}
                />
              </Match>
              <Match when={props.worldId ? rowsOf(field.control) : undefined}>
                {(lines) => (
                  <MentionField
                    worldId={props.worldId ?? ''}
                    label={field.label}
                    name={field.name}
                    value={value()}
                    onChange={change}
                    rows={lines()}
                    fault={props.faults[field.name]}
                    hint={field.hint}
                  />
                )}
              </Match>
              <Match when={of(field.control, 'choice')}>
                {(control) => (
                  <Choice
                    label={field.label}
                    value={value()}
                    onChange={change}
                    options={Object.entries(control().options)}
                  />
                )}
              </Match>
              <Match when={of(field.control, 'cards')}>
                {(control) => (
                  <Cards
                    field={field}
                    options={control().options}
                    value={value()}
                    onChange={change}
                    fault={props.faults[field.name]}
                  />
                )}
              </Match>
              <Match when={of(field.control, 'reference')}>
                {(control) => (
                  <EntityPicker
                    worldId={props.worldId ?? ''}
                    kinds={[control().kind]}
                    label={field.label}
                    hint={field.hint}
                    value={value() || null}
                    onChange={change}
                    except={props.self ? [props.self] : []}
                    fault={props.faults[field.name]}
                    {...(field.required && { required: true })}
                  />
                )}
              </Match>
            </Switch>
            <Editors subjectId={props.self} field={field.name} label={field.label} />
          </div>
        )
      }}
    </For>
  )
}

/** Who else edits a field at the moment. */
export function Editors(props: { subjectId: string | undefined; field: string; label: string }) {
  const sentence = () => {
    const names = whoEdits(props.subjectId, props.field).map(({ displayName }) => displayName)
    return names.length === 0 ? undefined : words.areEditing(names, props.label)
  }
  return (
    <p class="text-sm font-medium text-accent empty:hidden" role="status">
      {sentence()}
    </p>
  )
}

/** The control, if it is of the given type. */
function of<As extends FormControl['as']>(control: FormControl, as: As): Extract<FormControl, { as: As }> | undefined {
  return control.as === as ? (control as Extract<FormControl, { as: As }>) : undefined // just checked
}

function Cards(props: {
  field: FormField
  options: Extract<FormControl, { as: 'cards' }>['options']
  value: string
  onChange: (value: string) => void
  fault: string | undefined
}) {
  return (
    <fieldset class="grid gap-2">
      <legend class="mb-1.5 text-sm font-medium">{props.field.label}</legend>
      {/* Side by side only where there is room for words. */}
      <div class="@container">
        <div
          class="grid gap-2"
          classList={{
            '@md:grid-cols-3': Object.keys(props.options).length % 3 === 0,
            '@md:grid-cols-2': Object.keys(props.options).length % 3 !== 0,
          }}
        >
          <For each={Object.entries(props.options)}>
            {([value, { label, hint }]) => (
              <label class="flex items-start gap-2.5 rounded-xl border border-field bg-card p-3 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-accent">
                <input
                  type="radio"
                  name={props.field.name}
                  class="mt-1 accent-accent outline-none"
                  value={value}
                  checked={props.value === value}
                  onChange={() => props.onChange(value)}
                />
                <span>
                  <span class="block text-sm font-medium">{label}</span>
                  <span class="block text-xs leading-snug text-soft">{hint}</span>
                </span>
              </label>
            )}
          </For>
        </div>
      </div>
      <Show when={props.fault}>
        <p class="text-sm font-medium text-danger">{props.fault}</p>
      </Show>
    </fieldset>
  )
}

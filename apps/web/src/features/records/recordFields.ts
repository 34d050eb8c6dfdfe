import type { Control } from '@worldloom/schema'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** A form's control: as in a kind's definition, or cards with a sentence each. */
export type FormControl =
  | Control
  | { readonly as: 'markdown' }
  | {
      readonly as: 'cards'
      readonly options: Readonly<Record<string, { readonly label: string; readonly hint: string }>>
    }

export interface FormField {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly control: FormControl
  readonly initial: string | null
  readonly required?: boolean
}

/** What a person is typing, by field name. */
export type Draft = Readonly<Record<string, string | null>>

/** The fields that worlds and all entries have. */
export const sharedFields: readonly FormField[] = [
  { name: 'name', label: common.name, control: { as: 'line' }, initial: '', required: true },
  {
    name: 'displayName',
    label: common.displayName,
    hint: words.shownInsteadOfTheName,
    control: { as: 'line' },
    initial: '',
  },
  { name: 'description', label: common.description, control: { as: 'paragraph' }, initial: '' },
]

export const bodyField: FormField = {
  name: 'body',
  label: words.body,
  hint: words.markdownHeadingsBoldListsMentions,
  control: { as: 'markdown' },
  initial: '',
}

export function draftOf(fields: readonly FormField[], record: object | undefined): Draft {
  const values = fields.map(({ name, initial }) => {
    const value: unknown = record ? Reflect.get(record, name) : undefined
    return [name, typeof value === 'string' ? value : initial] as const
  })
  const draft: Record<string, string | null> = Object.fromEntries(values)
  // If it equals the name, none was given.
  if (draft.displayName === draft.name) draft.displayName = ''
  return draft
}

/** The input to send for a draft. An emptied optional field becomes null. */
export function sentOf(fields: readonly FormField[], draft: Draft): Record<string, string | null> {
  return Object.fromEntries(
    fields.map(({ name, initial }) => [name, draft[name] === '' && initial === null ? null : (draft[name] ?? null)]),
  )
}

/** The fields that differ between two drafts. */
export function differences(fields: readonly FormField[], one: Draft, other: Draft): FormField[] {
  return fields.filter(({ name }) => (one[name] ?? '') !== (other[name] ?? ''))
}

/** A draft with some fields taken from another. */
export function withFields(draft: Draft, other: Draft, fields: readonly FormField[]): Draft {
  return { ...draft, ...Object.fromEntries(fields.map(({ name }) => [name, other[name] ?? null])) }
}

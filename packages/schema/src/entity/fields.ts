import { z } from 'zod'
import { idField } from '../ids.ts'
import { text } from '../text.ts'
import type { EntityKind } from './kinds.ts'

/** What a world date says of its entry: that it begins then, ends then, or happens then. */
export type DateMark = 'begin' | 'end' | 'moment'

/** How a field is displayed and edited. */
export type Control =
  | { readonly as: 'line' }
  | { readonly as: 'paragraph' }
  | { readonly as: 'date' }
  | { readonly as: 'worldDate'; readonly marks: DateMark }
  | { readonly as: 'choice'; readonly options: Readonly<Record<string, string>> }
  | { readonly as: 'reference'; readonly kind: EntityKind }

/** A field of one kind: the one place that says what it may hold, what it is called and how it is edited. */
export interface Field<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  /** Its value if none is given. */
  readonly initial: z.output<Schema>
  readonly label: string
  readonly hint?: string
  /** Whether it is for those who write, not for readers. */
  readonly isPlan?: boolean
  readonly control: Control
}

interface Naming {
  readonly label: string
  readonly hint?: string
  readonly isPlan?: boolean
}

/** One line of text. */
export function line(naming: Naming, maximum = 255): Field<z.ZodString> {
  const schema = text(maximum).overwrite((value) => value.trim().replace(/\s+/gu, ' '))
  return { ...naming, schema, initial: '', control: { as: 'line' } }
}

/** Several lines of plain text. */
export function paragraph(naming: Naming, maximum = 2000): Field<z.ZodString> {
  return {
    ...naming,
    schema: text(maximum).overwrite((value) => value.trim()),
    initial: '',
    control: { as: 'paragraph' },
  }
}

/** One of several options, by key. @param options the label of each, in order; the first is the default */
export function choice<const Options extends Readonly<Record<string, string>>>(naming: Naming, options: Options) {
  const keys = Object.keys(options) as [keyof Options & string] // there is at least the default
  const schema = z.enum(keys, { error: `Must be one of ${keys.join(', ')}` })
  return { ...naming, schema, initial: keys[0], control: { as: 'choice', options } } as const satisfies Field
}

/** A calendar date, e.g. 2027-01-31. */
export function date(naming: Naming) {
  const schema = z.iso.date({ error: 'Must be a day such as 2027-01-31' }).nullable()
  return { ...naming, schema, initial: null, control: { as: 'date' } } as const satisfies Field
}

/** A date as people write it in the calendar of their world, or in the stored notation. What is stored is a `WorldDate`. */
export const worldDateField = text(200).overwrite((value) => value.trim())

/** A date in the calendar of the world. */
export function worldDate(naming: Naming, marks: DateMark) {
  return {
    ...naming,
    schema: worldDateField.nullable(),
    initial: null,
    control: { as: 'worldDate', marks },
  } as const satisfies Field
}

/** Another entry of the same world. */
export function reference(naming: Naming, kind: EntityKind) {
  return {
    ...naming,
    schema: idField.nullable(),
    initial: null,
    control: { as: 'reference', kind },
  } as const satisfies Field
}

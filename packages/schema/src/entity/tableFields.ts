import type { TableOperator } from '../connected.ts'
import type { Field } from './fields.ts'
import type { EntityKind } from './kinds.ts'
import type { LinkedBy, Parent } from './relations.ts'

/** What a column of a table holds, and so how it is sorted and filtered. */
export type TableFieldType =
  | 'text'
  | 'flag'
  | 'choice'
  | 'reference'
  | 'references'
  | 'worldDate'
  | 'day'
  | 'time'
  | 'tags'

export interface TableField {
  readonly name: string
  readonly label: string
  readonly type: TableFieldType
  /** The kind of what references refer to. */
  readonly kind?: EntityKind
  /** The options of a choice, by key. */
  readonly options?: Readonly<Record<string, string>>
}

/** How fields of each type can be filtered. */
export const operatorsOf: Readonly<Record<TableFieldType, readonly TableOperator[]>> = {
  text: ['contains', 'is', 'isEmpty', 'isFilled'],
  flag: ['is'],
  choice: ['anyOf', 'noneOf'],
  reference: ['anyOf', 'noneOf', 'isEmpty', 'isFilled'],
  references: ['anyOf', 'allOf', 'noneOf', 'isEmpty', 'isFilled'],
  worldDate: ['from', 'to', 'isEmpty', 'isFilled'],
  day: ['from', 'to', 'isEmpty', 'isFilled'],
  time: ['from', 'to'],
  tags: ['anyOf', 'allOf', 'noneOf', 'isEmpty', 'isFilled'],
}

/** Operators without values. */
export const bareOperators: readonly TableOperator[] = ['isEmpty', 'isFilled']

const typeOfControl = {
  line: 'text',
  paragraph: 'text',
  date: 'day',
  worldDate: 'worldDate',
  choice: 'choice',
  reference: 'reference',
} as const

/** What a kind's columns are made of. */
export interface TableSource {
  readonly fields: Readonly<Record<string, Pick<Field, 'label' | 'control'>>>
  readonly parent?: Parent | undefined
  readonly linkedBy?: LinkedBy
}

/** The columns that a table of a kind can have: what all kinds share, and its own fields. */
export function tableFields({ fields, parent, linkedBy = {} }: TableSource): readonly TableField[] {
  return [
    { name: 'name', label: 'Name', type: 'text' },
    { name: 'description', label: 'Description', type: 'text' },
    ...(parent ? [{ name: parent.field, label: parent.label, type: 'reference', kind: parent.kind } as const] : []),
    ...Object.entries(fields).map(([name, { label, control }]) => ({
      name,
      label,
      type: typeOfControl[control.as],
      ...(control.as === 'reference' && { kind: control.kind }),
      ...(control.as === 'choice' && { options: control.options }),
    })),
    ...Object.entries(linkedBy).map(([name, linked]) => ({ name, type: 'references', ...linked }) as const),
    { name: 'tags', label: 'Tags', type: 'tags' },
    { name: 'isPlaceholder', label: 'Placeholder', type: 'flag' },
    { name: 'createdAt', label: 'Created', type: 'time' },
    { name: 'updatedAt', label: 'Updated', type: 'time' },
  ]
}

/** Whether a table can be sorted by a field: of several values there is no first. */
export function isSortable({ type }: TableField): boolean {
  return type !== 'tags' && type !== 'references'
}

/** The order in which a table is sorted by a field if none is given: times from the latest, all else from the beginning. */
export function usualOrder({ type }: TableField): 'asc' | 'desc' {
  return type === 'time' ? 'desc' : 'asc'
}

/** Whether the rows of a table can be put into groups by a field: one that several entries have the same value of. */
export function isGroupable({ name, type }: TableField): boolean {
  return (
    type === 'choice' ||
    type === 'reference' ||
    type === 'flag' ||
    (type === 'text' && !['name', 'description'].includes(name))
  )
}

import type { TableOperator } from '@worldloom/schema'
import { type TableField, tableFields } from '@worldloom/schema/entity/tableFields'
import type { Kind } from '../../lib/kinds.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** The columns that a kind's table can have. */
export function columnsOf({ fields, filters, parent }: Kind): readonly TableField[] {
  const own = Object.fromEntries(fields.map((field) => [field.name, field]))
  // What is neither a field nor the parent is linked by a table of its own.
  const linkedBy = filters.flatMap(({ name, label, control }) =>
    control.as === 'reference' && !(name in own) && name !== parent?.field
      ? [[name, { kind: control.kind, label }] as const]
      : [],
  )
  return tableFields({ fields: own, parent, linkedBy: Object.fromEntries(linkedBy) }).map((field) => ({
    ...field,
    label: sharedLabels[field.name] ?? field.label,
  }))
}

/** What is called the same for every kind. */
const sharedLabels: Readonly<Record<string, string>> = {
  name: common.name,
  description: common.description,
  tags: common.tags,
  isPlaceholder: words.placeholder,
  createdAt: words.created,
  updatedAt: words.updated,
}

/** How many fields a table shows that nobody has chosen the columns of. */
const usualColumns = 5

/** What a table shows first: the name, short fields of its own, tags, and when it was changed. */
export function usualColumnsOf(kind: Kind): string[] {
  const own = columnsOf(kind).filter(
    ({ name, type }) =>
      ['choice', 'reference', 'references', 'worldDate'].includes(type) ||
      kind.fields.some((field) => field.name === name && field.control.as === 'line'),
  )
  return ['name', ...own.slice(0, usualColumns).map(({ name }) => name), 'tags', 'updatedAt']
}

/** How a column is filtered, as read after the name of the field. */
export const operatorLabels: Readonly<Record<TableOperator, string>> = {
  contains: words.contains,
  is: words.equals,
  anyOf: words.isAnyOf,
  allOf: words.hasAllOf,
  noneOf: words.isNoneOf,
  from: words.isFrom,
  to: words.isUntil,
  isEmpty: words.isEmpty,
  isFilled: words.isFilledIn,
}

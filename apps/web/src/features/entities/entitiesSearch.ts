import type { TableCondition, ViewSettings } from '@worldloom/schema'

export type Layout = ViewSettings['layout']

/** A list's URL parameters: what a view is, and what is searched for. */
export interface EntitiesSearch {
  q?: string | undefined
  /** The view that was chosen last. The others say what is shown. */
  view?: string | undefined
  layout?: Layout | undefined
  columns?: string[] | undefined
  sort?: string | undefined
  order?: 'asc' | 'desc' | undefined
  groupBy?: string | undefined
  where?: TableCondition[] | undefined
}

/** The server says what is wrong with conditions. */
export function readEntitiesSearch(search: Record<string, unknown>): EntitiesSearch {
  const { q, view, layout, columns, sort, order, groupBy } = search
  const where = readConditions(search.where)
  return {
    ...((typeof q === 'string' || typeof q === 'number') && { q: String(q) }),
    ...(typeof view === 'string' && { view }),
    ...((layout === 'list' || layout === 'table' || layout === 'cards') && { layout }),
    ...(isTexts(columns) && columns.length > 0 && { columns }),
    ...(typeof sort === 'string' && { sort }),
    ...((order === 'asc' || order === 'desc') && { order }),
    ...(typeof groupBy === 'string' && { groupBy }),
    ...(where.length > 0 && { where }),
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function readConditions(where: unknown): TableCondition[] {
  if (!Array.isArray(where)) return []
  return where.filter(
    (condition): condition is TableCondition =>
      typeof condition === 'object' &&
      condition !== null &&
      typeof Reflect.get(condition, 'field') === 'string' &&
      typeof Reflect.get(condition, 'is') === 'string',
  )
}

/** That a field has a value. */
export function isOneOf(field: string, value: string): TableCondition {
  return { field, is: 'anyOf', values: [value] }
}

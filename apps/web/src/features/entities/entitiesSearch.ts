import type { EntitySort } from '@worldloom/schema'
import { kinds } from '../../lib/kinds.ts'

/** A list's URL parameters. Filters have the names of their fields. */
export interface EntitiesSearch {
  q?: string | undefined
  sort?: EntitySort | undefined
  [filter: string]: string | undefined
}

export const sortLabels: Readonly<Record<EntitySort, string>> = {
  updatedAt: 'Recently updated',
  createdAt: 'Newest',
  name: 'Name',
}

const filterNames = new Set([
  'tagId',
  ...Object.values(kinds).flatMap(({ filters }) => filters.map(({ name }) => name)),
])

export function readEntitiesSearch(search: Record<string, unknown>): EntitiesSearch {
  const filters = Object.entries(search).filter(
    (entry): entry is [string, string] => filterNames.has(entry[0]) && typeof entry[1] === 'string',
  )
  const { q, sort } = search
  return {
    ...Object.fromEntries(filters),
    ...((typeof q === 'string' || typeof q === 'number') && { q: String(q) }),
    ...(isSort(sort) && { sort }),
  }
}

function isSort(value: unknown): value is EntitySort {
  return typeof value === 'string' && Object.hasOwn(sortLabels, value)
}

import type { WorldSort } from '@worldloom/schema/world'
import * as words from './words.ts'

/** The sort orders offered for lists of worlds. */
export const worldSortLabels: Record<WorldSort, string> = {
  updatedAt: words.recentlyUpdated,
  createdAt: words.newest,
  name: words.byName,
}

export function isWorldSort(value: unknown): value is WorldSort {
  return typeof value === 'string' && Object.hasOwn(worldSortLabels, value)
}

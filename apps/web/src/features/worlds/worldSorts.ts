import type { WorldSort } from '@worldloom/schema/world'

/** The sort orders offered for lists of worlds. */
export const worldSortLabels: Record<WorldSort, string> = {
  updatedAt: 'Recently updated',
  createdAt: 'Newest',
  name: 'By name',
}

export function isWorldSort(value: unknown): value is WorldSort {
  return typeof value === 'string' && Object.hasOwn(worldSortLabels, value)
}

import type { WorldSort } from '@worldloom/schema/world'

const worldSorts: readonly WorldSort[] = ['updatedAt', 'createdAt', 'name']

export function isWorldSort(value: unknown): value is WorldSort {
  return worldSorts.includes(value as WorldSort) // it is looked for, whatever it is
}

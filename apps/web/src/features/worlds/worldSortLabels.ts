import type { WorldSort } from '@worldloom/schema/world'
import * as words from './words.ts'

/** The sort orders offered for lists of worlds. The start of the app does without, as it would load all words of worlds. */
export const worldSortLabels: Record<WorldSort, string> = {
  updatedAt: words.recentlyUpdated,
  createdAt: words.newest,
  name: words.byName,
}

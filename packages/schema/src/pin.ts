import { z } from 'zod'
import type { EntryReference } from './connected.ts'
import { entryReference } from './entryReference.ts'
import { idField } from './ids.ts'

/** How many entries of a world a person can pin: more would be a list to search, not something at hand. */
export const maxPins = 50

export const pinListInput = z.strictObject({ worldId: idField })
export const pinInput = z.strictObject({ id: idField })
export const pinnedEntry = z
  .object({ ...entryReference.shape })
  .meta({ id: 'PinnedEntry' }) satisfies z.ZodType<EntryReference>
/** Whether the entry is pinned now. */
export const pinAnswer = z.object({ id: idField, isPinned: z.boolean() }).meta({ id: 'Pin' })

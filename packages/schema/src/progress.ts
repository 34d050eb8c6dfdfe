import { z } from 'zod'
import type { EmptyEntry, WorldProgress } from './connected.ts'
import { entryReference } from './entryReference.ts'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { timestamp } from './time.ts'

export const worldProgressInput = z.strictObject({
  id: idField,
  /** How many days, up to today (UTC). */
  days: z.int('Must be a whole number').min(7, 'Must be at least 7').max(366, 'Must be at most 366').default(90),
})

export const worldProgress = z
  .object({
    /** Days (UTC) as 2026-11-27, without gaps. */
    days: z.array(z.string()),
    /** Those with the most words first; how many words their scenes had at the end of each day, and have now. */
    stories: z.array(z.object({ id: idField, displayName: z.string(), words: z.int(), counts: z.array(z.int()) })),
  })
  .meta({ id: 'WorldProgress' }) satisfies z.ZodType<WorldProgress>

export const emptyListInput = z.strictObject({ ...pageInput, id: idField })
export const emptyEntry = z
  .object({ ...entryReference.shape, createdAt: timestamp })
  .meta({ id: 'EmptyEntry' }) satisfies z.ZodType<EmptyEntry>

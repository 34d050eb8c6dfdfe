import { z } from 'zod'
import { idField } from '../ids.ts'
import { timestamp } from '../time.ts'
import { entityKinds } from './kinds.ts'

/** As much of an entry as a link to it needs. */
export const entityBrief = z
  .object({ id: idField, name: z.string(), displayName: z.string(), description: z.string() })
  .meta({ id: 'Brief' })
export type EntityBrief = z.output<typeof entityBrief>

/** Where an entry is in a world, for outputs that cover all kinds. */
export const entityMention = z
  .object({
    id: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    displayName: z.string(),
    updatedAt: timestamp,
  })
  .meta({ id: 'Mention' })

/** How much would go into the trash with an entry. */
export const entityContents = z
  .object({ total: z.int(), kinds: z.partialRecord(z.enum(entityKinds), z.int()) })
  .meta({ id: 'Contents' })

export const entityDeleted = z
  .object({
    id: idField,
    /** How many other entries were deleted with it. */
    along: z.int(),
  })
  .meta({ id: 'Deleted' })

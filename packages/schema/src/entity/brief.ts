import { z } from 'zod'
import { idField } from '../ids.ts'
import { timestamp } from '../time.ts'
import { entityKinds } from './kinds.ts'

/** As much of something as a link to it needs. */
export const entityBrief = z
  .object({ id: idField, name: z.string(), displayName: z.string(), description: z.string() })
  .meta({ id: 'Brief' })
export type EntityBrief = z.output<typeof entityBrief>

/** What is in which place of a world, for what speaks of all kinds. */
export const entityMention = z
  .object({
    id: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    displayName: z.string(),
    updatedAt: timestamp,
  })
  .meta({ id: 'Mention' })

/** How much would go into the trash with something. */
export const entityContents = z
  .object({ total: z.int(), kinds: z.partialRecord(z.enum(entityKinds), z.int()) })
  .meta({ id: 'Contents' })

export const entityDeleted = z
  .object({
    id: idField,
    /** How many others went with it. */
    along: z.int(),
  })
  .meta({ id: 'Deleted' })

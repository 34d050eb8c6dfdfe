import { z } from 'zod'
import { idField } from './ids.ts'
import type { PersonHere } from './liveEvent.ts'

/** How many worlds one stream can follow. */
export const maxStreamedWorlds = 20

/**
 * Where a reader is in the change logs of some worlds: `world:position`, separated by commas. Opaque to callers.
 *
 * @returns of each world the position
 */
export const positionsField = z
  .string()
  .max(2000, 'Must be the id of an event of a stream')
  .transform((text, context) => {
    const positions = new Map<string, number>()
    for (const part of text === '' ? [] : text.split(',')) {
      const [worldId = '', position = ''] = part.split(':')
      if (!idField.safeParse(worldId).success || !/^\d{1,15}$/.test(position)) {
        context.addIssue({ code: 'custom', message: 'Must be the id of an event of a stream' })
        return z.NEVER
      }
      positions.set(worldId, Number(position))
    }
    return positions
  })

export const worldChangesInput = z.strictObject({
  worldIds: z
    .array(idField)
    .min(1, 'Must name at least one world')
    .max(maxStreamedWorlds, `Must be at most ${maxStreamedWorlds} worlds`),
  /** The id of the last event that the reader has, to continue from there. If omitted, the stream begins with now. */
  lastEventId: positionsField.nullish(),
})

const clientIdField = z.uuid('Must be a UUID that the client chose')

export const presenceReportInput = z.strictObject({
  worldId: idField,
  /** Identifies the tab or program, which chooses it. */
  clientId: clientIdField,
  /** The entry that is open. */
  subjectId: idField.nullable().default(null),
  /** The field of it that is being edited. */
  field: z.string().max(60, 'Must be at most 60 characters').nullable().default(null),
})

export const presenceLeaveInput = z.strictObject({ worldId: idField, clientId: clientIdField })

export const presenceListInput = z.strictObject({ worldId: idField })

export const personHere = z
  .object({
    userId: idField,
    displayName: z.string(),
    clientId: clientIdField,
    subjectId: idField.nullable(),
    field: z.string().nullable(),
  })
  .meta({ id: 'PersonHere' }) satisfies z.ZodType<PersonHere>

export const peopleHere = z.object({ items: z.array(personHere) })

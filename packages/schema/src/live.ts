import { z } from 'zod'
import { worldAnswer } from './answers.ts'
import { anyEntity } from './entity/index.ts'
import { type EntityKind, entityKinds } from './entity/kinds.ts'
import type { EntryLinks } from './history.ts'
import { idField } from './ids.ts'
import { linkAnswer, linkKindAnswer } from './link.ts'
import type { PersonHere } from './liveEvent.ts'
import { maxPageSize } from './pagination.ts'
import { tagAnswer } from './tag.ts'

/** How many worlds one stream can follow. */
export const maxStreamedWorlds = 20

const isPosition = (worldId: string, position: string) =>
  idField.safeParse(worldId).success && /^\d{1,15}$/.test(position)

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
      if (!isPosition(worldId, position)) {
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

/** Where a mirror is: after a position of the change log or, when it first reads everything, also after an entry. */
export interface SyncPosition {
  readonly worldId: string
  readonly position: number
  /** A link, once all entries have been read. */
  readonly after?: { readonly kind: EntityKind | 'link'; readonly createdAt: Date; readonly id: string }
}

const syncPositionField = z
  .string()
  .max(2000, 'Must be the `next` of a page, or the id of an event')
  .transform((text, context): SyncPosition[] => {
    const positions = text.split(',').map((part) => {
      const [worldId = '', position = '', after] = part.split(':')
      const [kind, milliseconds = '', id = ''] = after?.split('.') ?? []
      const known = kind === 'link' ? ('link' as const) : entityKinds.find((each) => each === kind)
      if (!isPosition(worldId, position)) return undefined
      if (after === undefined) return { worldId, position: Number(position) }
      if (!known || !/^\d{1,14}$/.test(milliseconds) || !idField.safeParse(id).success) return undefined
      return {
        worldId,
        position: Number(position),
        after: { kind: known, createdAt: new Date(Number(milliseconds)), id },
      }
    })
    if (positions.every((each) => each !== undefined)) return positions
    context.addIssue({ code: 'custom', message: 'Must be the `next` of a page, or the id of an event' })
    return z.NEVER
  })

export const worldSyncInput = z.strictObject({
  worldId: idField,
  /** The `next` of the page before, or the id of an event of a stream. If omitted, everything is read. */
  since: syncPositionField.optional(),
  limit: z
    .int('Must be a whole number')
    .min(1, 'Must be at least 1')
    .max(maxPageSize, `Must be at most ${maxPageSize}`)
    .default(100),
})

const entryLinks = z
  .object({
    personaIds: z.array(idField).optional(),
    thingIds: z.array(idField).optional(),
    storyIds: z.array(idField).optional(),
    tagIds: z.array(idField).optional(),
  })
  .meta({ id: 'EntryLinks' }) satisfies z.ZodType<EntryLinks>

export const syncPage = z
  .object({
    world: worldAnswer.nullable(),
    entries: z.array(
      z.object({
        entry: anyEntity,
        links: entryLinks,
      }),
    ),
    tags: z.array(tagAnswer),
    linkKinds: z.array(linkKindAnswer),
    links: z.array(linkAnswer),
    gone: z.array(z.object({ kind: z.enum([...entityKinds, 'tag', 'linkKind', 'link']), id: idField })),
    next: z.string(),
    hasMore: z.boolean(),
  })
  .meta({ id: 'SyncPage' })

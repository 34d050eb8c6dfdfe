import { isDeepStrictEqual } from 'node:util'
import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  BadInputError,
  type Calendar,
  type calendarPreview,
  type calendarPreviewInput,
  type EntityDefinition,
  entities,
  fitted,
  formatWorldDate,
  rangeOf,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type Change, changeOf } from '../changes/record.ts'
import { linkRecord } from '../records/links.ts'
import { recordChange } from '../records/records.ts'
import { requireRole } from '../worlds/authorize.ts'
import { findWorldById } from '../worlds/read.ts'
import { calendarOf } from './calendar.ts'
import { findStoredDates, type StoredDate } from './dates.ts'

const definitions: readonly EntityDefinition[] = Object.values(entities)
/** How many of the dates a preview shows. */
const maxShown = 200

interface Moved extends StoredDate {
  /** As it is stored under the new calendar. */
  readonly kept: string
  readonly before: string
  readonly after: string
  readonly isWidened: boolean
}

function moveDates(dates: readonly StoredDate[], from: Calendar, to: Calendar): Moved[] {
  return dates.map((stored) => {
    const kept = fitted(to, stored.date)
    const before = formatWorldDate(from, stored.date)
    return { ...stored, kept, before, after: formatWorldDate(to, kept), isWidened: kept !== stored.date }
  })
}

/**
 * What another calendar would do to the dates of a world. They are kept as they are written: the 12th of the first month of
 * 412 stays that, whatever the months are called and however long they are. Only what the calendar does not have becomes a
 * longer date around it.
 *
 * @throws {NotFoundError | RoleTooLowError}
 */
export async function previewCalendar(
  db: Database,
  principal: KnownPrincipal,
  { worldId, calendar }: z.output<typeof calendarPreviewInput>,
): Promise<z.output<typeof calendarPreview>> {
  const world = await findWorldById(db, principal, worldId)
  requireRole(world.role, 'editor')
  const moved = moveDates(
    await findStoredDates(db, worldId, definitions),
    calendarOf(world.calendar),
    calendarOf(calendar),
  )
  const changed = moved.filter(({ before, after }) => before !== after)
  const shown = changed.toSorted((one, other) => Number(other.isWidened) - Number(one.isWidened)).slice(0, maxShown)
  const named = await db
    .selectFrom('entities')
    .where('id', '=', sql<string>`any(${shown.flatMap(({ entityId }) => entityId ?? [])}::uuid[])`)
    .select(['id', 'kind', 'name', 'displayName'])
    .execute()
  return {
    total: moved.length,
    renamed: changed.length,
    widened: moved.filter(({ isWidened }) => isWidened).length,
    items: shown.map(({ entityId, linkId, field, before, after, isWidened }) => ({
      entry: named.find(({ id }) => id === entityId) ?? null,
      ...{ linkId, field, before, after, isWidened },
    })),
  }
}

/**
 * Writes the dates of a world anew after its calendar was changed.
 *
 * @returns the changes, for the log, to entries and links whose dates are less exact now
 */
export async function applyCalendar(
  trx: Database,
  worldId: string,
  before: Calendar | null,
  after: Calendar | null,
): Promise<Change[]> {
  const [from, to] = [calendarOf(before), calendarOf(after)]
  if (isDeepStrictEqual(from, to)) return []
  const moved = moveDates(await findStoredDates(trx, worldId, definitions), from, to)
  const changes = await keepLonger(
    trx,
    worldId,
    moved.filter(({ isWidened }) => isWidened),
  )
  await insertDates(
    trx,
    worldId,
    to,
    moved.map(({ kept, ...stored }) => ({ ...stored, date: kept })),
  )
  return changes
}

/**
 * Writes the day numbers of all dates of a world.
 *
 * @throws {BadInputError} for a date that its calendar does not have
 */
export async function rewriteDates(trx: Database, worldId: string, calendar: Calendar): Promise<void> {
  const stored = await findStoredDates(trx, worldId, definitions)
  const unknown = stored.find(({ date }) => !rangeOf(calendar, date))
  if (unknown) throw new BadInputError({ [unknown.field]: [`“${unknown.date}” is no date of the world's calendar`] })
  await insertDates(trx, worldId, calendar, stored)
}

async function insertDates(
  trx: Database,
  worldId: string,
  calendar: Calendar,
  stored: readonly StoredDate[],
): Promise<void> {
  const rows = stored.flatMap(({ entityId, linkId, kind, field, marks, date }) => {
    const range = rangeOf(calendar, date)
    return range ? [{ entityId, linkId, kind, field, marks, ...range }] : []
  })
  await trx.deleteFrom('worldDates').where('worldId', '=', worldId).execute()
  await sql`
    insert into world_dates (world_id, entity_id, kind, link_id, field, marks, begins, ends)
    select ${worldId}, "entityId", kind, "linkId", field, marks, begins, ends
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as dates (
      "entityId" uuid, kind entity_kind, "linkId" uuid, field text, marks text, begins double precision, ends double precision
    ) where "linkId" is null or exists (select from links where id = "linkId" and deleted_at is null)`.execute(trx)
}

async function keepLonger(trx: Database, worldId: string, moved: readonly Moved[]): Promise<Change[]> {
  const changes: Change[] = []
  for (const id of new Set(moved.flatMap(({ entityId }) => entityId ?? []))) {
    const dates = moved.filter(({ entityId }) => entityId === id)
    const { kind } = dates[0] ?? {}
    const definition = definitions.find((each) => each.kind === kind)
    if (!definition) continue
    const set = dates.map(({ field, kept }) => sql`${sql.ref(field)} = ${kept}`)
    await sql`update ${sql.table(definition.plural)} set ${sql.join(set)} where id = ${id}`.execute(trx)
    const entity = await trx
      .updateTable('entities')
      .set(({ ref }) => ({ version: ref('version') })) // the trigger raises it
      .where('id', '=', id)
      .returning(['id', 'kind', 'displayName', 'version'])
      .executeTakeFirstOrThrow()
    changes.push(changeOf('update', entity, Object.fromEntries(dates.map(({ field, date }) => [field, date]))))
  }
  for (const id of new Set(moved.flatMap(({ linkId }) => linkId ?? []))) {
    const dates = moved.filter(({ linkId }) => linkId === id)
    const link = await trx
      .updateTable('links')
      .set(Object.fromEntries(dates.map(({ field, kept }) => [field, kept])))
      .where('id', '=', id)
      .where('worldId', '=', worldId)
      .returningAll()
      .executeTakeFirstOrThrow()
    const previous = Object.fromEntries(dates.map(({ field, date }) => [field, date]))
    changes.push(await recordChange(trx, linkRecord, 'update', link, previous))
  }
  return changes
}

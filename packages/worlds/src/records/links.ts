import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, databaseFault, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  type Calendar,
  ConflictError,
  type EntityKind,
  entities,
  type Link,
  type LinkKind,
  type linkCreateInput,
  type linkUpdateInput,
  NotFoundError,
  rangeOf,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findCalendar } from '../time/calendar.ts'
import { linkDateFields, readDates, writeDates } from '../time/dates.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'
import { linkKindRecord } from './linkKinds.ts'
import {
  deleteRecord,
  findRecord,
  insertRecord,
  lockRecord,
  type RecordDefinition,
  setRecordDeleted,
  updateRecord,
} from './records.ts'

export const linkRecord: RecordDefinition<Link> = {
  kind: 'link',
  table: 'links',
  noun: 'link',
  columns: ['linkKindId', 'fromId', 'fromKind', 'toId', 'toKind', 'note', 'beganOn', 'endedOn'],
  nameOf: async (db, { linkKindId, fromId, toId }) => {
    const { rows } = await sql<{ name: string }>`
      select one.display_name || ' ' || link_kinds.name || ' ' || other.display_name as name
      from link_kinds, entities one, entities other
      where link_kinds.id = ${linkKindId} and one.id = ${fromId} and other.id = ${toId}`.execute(db)
    return rows[0]?.name ?? 'link'
  },
}

/** A link between two entries that are not in the trash. @throws {NotFoundError} */
export async function findLink(db: Database, principal: KnownPrincipal, id: string): Promise<Link> {
  const link = await findRecord(db, principal, linkRecord, id)
  const active = await db
    .selectFrom('entities')
    .where('id', 'in', [link.fromId, link.toId])
    .where('deletedAt', 'is', null)
    .select('id')
    .execute()
  if (active.length < 2) throw new NotFoundError('link')
  return link
}

/**
 * Links two entries of a world.
 *
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {BadInputError} for entries of another world, in the trash, of kinds that this kind of link does not join, or the
 * same; for what leads back to itself where that is not allowed; and for dates that are none, or in the wrong order
 * @throws {ConflictError} if there is such a link at that time, or if there can be only one
 */
export async function createLink(
  db: Database,
  writer: Writer,
  { worldId, ...given }: z.output<typeof linkCreateInput>,
): Promise<Link> {
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, writer.principal, worldId, 'editor')
    const kind = await lockKind(trx, worldId, given.linkKindId)
    if (given.fromId === given.toId) throw new BadInputError({ toId: ['An entry cannot be linked with itself'] })
    const ends = await holdEnds(trx, worldId, given)
    const { values, calendar } = await readDates(trx, worldId, linkDateFields, given)
    const [fromId, toId] =
      kind.isSymmetric && given.fromId > given.toId ? [given.toId, given.fromId] : [given.fromId, given.toId]
    const wanted = {
      ...values,
      ...{ fromId, toId, fromKind: kindAt(ends, fromId), toKind: kindAt(ends, toId) },
    }
    requireKinds(kind, wanted)
    await requireAllowed(trx, worldId, kind, wanted)
    const link = await refusingTwice(() => insertRecord(trx, writer, linkRecord, worldId, wanted))
    if (calendar) await writeDates(trx, worldId, { linkId: link.id }, calendar, linkDateFields, link)
    return link
  })
}

/** Changes the note and dates of a link. @throws {ChangedError}, and as {@link createLink} */
export async function updateLink(
  db: Database,
  writer: Writer,
  { id, version, ...given }: z.output<typeof linkUpdateInput>,
): Promise<Link> {
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, linkRecord, id, { version })
    const { worldId } = before
    const kind = await lockKind(trx, worldId, before.linkKindId)
    const { values, calendar } = await readDates(trx, worldId, linkDateFields, given)
    await requireAllowed(trx, worldId, kind, { ...before, ...definedOnly(values) })
    const link = await refusingTwice(() => updateRecord(trx, writer, linkRecord, before, values))
    if (calendar) await writeDates(trx, worldId, { linkId: id }, calendar, linkDateFields, link)
    return link
  })
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function deleteLink(
  db: Database,
  writer: Writer,
  which: { readonly id: string; readonly version: number },
): Promise<{ id: string }> {
  return await deleteRecord(db, writer, linkRecord, which, async (trx, { id }) => {
    await trx.deleteFrom('worldDates').where('linkId', '=', id).execute()
  })
}

/** Brings back a link that was deleted, if it still may be. @throws as {@link createLink} */
export async function restoreLink(db: Database, writer: Writer, id: string): Promise<Link> {
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, linkRecord, id, { state: 'deleted' })
    const { worldId } = before
    const kind = await lockKind(trx, worldId, before.linkKindId)
    await holdEnds(trx, worldId, before)
    requireKinds(kind, before)
    await requireAllowed(trx, worldId, kind, before)
    const link = await refusingTwice(() => setRecordDeleted(trx, writer, linkRecord, before, false))
    await writeDates(trx, worldId, { linkId: id }, await findCalendar(trx, worldId), linkDateFields, link)
    return link
  })
}

/** Links of one kind are written one after the other, as whether one is allowed depends on the others. */
async function lockKind(trx: Database, worldId: string, id: string): Promise<LinkKind> {
  const { rows } = await sql<LinkKind>`
    select id, name, inverse_name as "inverseName", is_symmetric as "isSymmetric", from_kinds::text[] as "fromKinds",
      to_kinds::text[] as "toKinds", cardinality, is_acyclic as "isAcyclic"
    from ${sql.table(linkKindRecord.table)}
    where id = ${id} and world_id = ${worldId} and deleted_at is null for no key update`.execute(trx)
  const [kind] = rows
  if (!kind) throw new BadInputError({ linkKindId: ['There is no such kind of link in this world'] })
  return kind
}

interface Ends {
  readonly fromId: string
  readonly toId: string
}

async function holdEnds(trx: Database, worldId: string, { fromId, toId }: Ends): Promise<Map<string, EntityKind>> {
  const found = await trx
    .selectFrom('entities')
    .select(['id', 'kind', 'deletedAt'])
    .where('id', 'in', [fromId, toId])
    .where('worldId', '=', worldId)
    .orderBy('id')
    .forShare()
    .execute()
  const faults: Record<string, string[]> = {}
  for (const [field, id] of [
    ['fromId', fromId],
    ['toId', toId],
  ] as const) {
    const row = found.find((each) => each.id === id)
    if (!row) faults[field] = ['There is no such entry in this world']
    else if (row.deletedAt)
      faults[field] = [`The ${entities[row.kind].wording.one} is in the trash: restore it first, or choose another`]
  }
  if (Object.keys(faults).length > 0) throw new BadInputError(faults)
  return new Map(found.map(({ id, kind }) => [id, kind]))
}

function kindAt(ends: ReadonlyMap<string, EntityKind>, id: string): EntityKind {
  const kind = ends.get(id)
  if (!kind) throw new TypeError('an end that was not looked up')
  return kind
}

/** @throws {BadInputError} */
function requireKinds(
  { name, fromKinds, toKinds }: LinkKind,
  { fromKind, toKind }: { readonly fromKind: EntityKind; readonly toKind: EntityKind },
): void {
  const faults: Record<string, string[]> = {}
  for (const [field, allowed, kind, place] of [
    ['fromId', fromKinds, fromKind, 'before'],
    ['toId', toKinds, toKind, 'after'],
  ] as const) {
    if (allowed.length > 0 && !allowed.includes(kind)) {
      const many = allowed.map((each) => entities[each].wording.many).join(' and ')
      faults[field] = [`Only ${many} can stand ${place} “${name}”`]
    }
  }
  if (Object.keys(faults).length > 0) throw new BadInputError(faults)
}

interface Wanted extends Ends {
  readonly id?: string
  readonly beganOn?: string | null | undefined
  readonly endedOn?: string | null | undefined
}

/** @throws {BadInputError | ConflictError} */
async function requireAllowed(trx: Database, worldId: string, kind: LinkKind, wanted: Wanted): Promise<void> {
  const calendar = await findCalendar(trx, worldId)
  const period = periodOf(calendar, wanted)
  if (period.begins >= period.ends) throw new BadInputError({ endedOn: ['Is before the beginning'] })
  await requireOne(trx, kind, wanted, calendar)
  if (kind.isAcyclic) await refuseCycle(trx, kind, wanted)
}

function periodOf(calendar: Calendar, { beganOn, endedOn }: Wanted) {
  const began = beganOn ? rangeOf(calendar, beganOn) : undefined
  const ended = endedOn ? rangeOf(calendar, endedOn) : undefined
  return { begins: began?.begins ?? Number.NEGATIVE_INFINITY, ends: ended?.ends ?? Number.POSITIVE_INFINITY }
}

/** Where there can be only one, no other may hold at the same time. @throws {ConflictError} */
async function requireOne(trx: Database, kind: LinkKind, wanted: Wanted, calendar: Calendar): Promise<void> {
  const { isSymmetric, cardinality, name } = kind
  const oneFrom = cardinality === 'oneToMany' || cardinality === 'oneToOne'
  const oneTo = cardinality === 'manyToOne' || cardinality === 'oneToOne'
  if (!oneFrom && !oneTo) return
  const { fromId, toId } = wanted
  const { rows } = await sql<Wanted & { other: string }>`
    select links.from_id as "fromId", links.to_id as "toId", began_on as "beganOn", ended_on as "endedOn",
      one.display_name || ' ' || ${name} || ' ' || other.display_name as other
    from links join entities one on one.id = links.from_id join entities other on other.id = links.to_id
    where link_kind_id = ${kind.id} and links.deleted_at is null and links.id is distinct from ${wanted.id ?? null}::uuid
      and one.deleted_at is null and other.deleted_at is null
      and (${oneFrom} and to_id = ${toId} or ${oneTo} and from_id = ${fromId}
        or ${isSymmetric} and (to_id in (${fromId}, ${toId}) or from_id in (${fromId}, ${toId})))`.execute(trx)
  const own = periodOf(calendar, wanted)
  const clash = rows.find((row) => {
    const period = periodOf(calendar, row)
    return period.begins < own.ends && own.begins < period.ends
  })
  if (clash) throw new ConflictError(`There can be only one at a time, and there is already: ${clash.other}.`)
}

/** @throws {BadInputError} if the entry would be linked with itself through others */
async function refuseCycle(trx: Database, { id: kindId, name }: LinkKind, { fromId, toId }: Wanted): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    with recursive reached (id) as (
      select ${toId}::uuid
      union
      select links.to_id from links join reached on links.from_id = reached.id
      where links.link_kind_id = ${kindId} and links.deleted_at is null
    )
    select id from reached where id = ${fromId}`.execute(trx)
  if (rows.length > 0)
    throw new BadInputError({
      toId: [`Through others it is already “${name}” the first entry: that would be a circle`],
    })
}

async function refusingTwice<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const fault = databaseFault(error)
    if (fault?.kind !== 'unique' || fault.table !== 'links') throw error
    throw new ConflictError('These two are linked like that already.')
  }
}

function definedOnly<Given extends object>(given: Given): Partial<Given> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given> // some of them
}

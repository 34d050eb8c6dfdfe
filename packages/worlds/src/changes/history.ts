import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, firstRows, isAfter, positionKey, toPage } from '@worldloom/db'
import {
  type EntityDefinition,
  type EntityKind,
  type EntityVersion,
  entities,
  type HistoryItem,
  type historyListInput,
  NotFoundError,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findLinks } from '../entities/links.ts'
import { entityColumns, tableOf } from '../entities/select.ts'
import { requireReach } from '../reach.ts'
import { findWorldById } from '../worlds/read.ts'
import { selectItems, toItem } from './items.ts'
import { replacedSince } from './replaced.ts'

/** History names people, so it is for members only. @throws {NotFoundError} */
export async function requireMember(db: Database, principal: KnownPrincipal, worldId: string): Promise<void> {
  requireReach(principal, worldId)
  const { role } = await findWorldById(db, principal, worldId)
  if (!role) throw new NotFoundError('history')
}

/**
 * The changes to a world, or to one thing in it, latest first, one page at a time (keyset).
 *
 * @throws {NotFoundError} for anybody but members of the world
 * @throws {BadCursorError}
 */
export async function listHistory(
  db: Database,
  principal: KnownPrincipal,
  input: z.output<typeof historyListInput>,
): Promise<{ items: HistoryItem[]; nextCursor: string | null }> {
  const { worldId, subjectId, kind, userId, from, to, limit, cursor } = input
  await requireMember(db, principal, worldId)
  const list = JSON.stringify(['history', worldId, subjectId, kind, userId, from, to])
  let query = selectItems(db, worldId)
    .select(['worldId as id', positionKey.text.as('sortKey')])
    .orderBy('position', 'desc')
  if (subjectId) query = query.where('subjectId', '=', subjectId)
  if (kind) query = query.where('subjectKind', '=', kind)
  if (userId) query = query.where('actorId', '=', userId)
  if (from) query = query.where('changedAt', '>=', new Date(from))
  if (to) query = query.where('changedAt', '<', new Date(to))
  if (cursor) {
    query = query.where(isAfter(positionKey, sql`world_id`, 'desc', decodeCursor(list, cursor, positionKey)))
  }
  const rows = await firstRows(db, query, limit + 1).execute()
  const { items, nextCursor } = toPage(list, rows, limit)
  return { items: items.map(({ id: _, ...item }) => toItem(item)), nextCursor }
}

interface Present {
  readonly id: string
  readonly kind: EntityKind
  readonly version: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** What a version leaves out: what does not change, or changes each time. */
const unversioned = ['id', 'worldId', 'kind', 'ownerId', 'version', 'createdAt', 'updatedAt']

/** An entry as it is now. @throws {NotFoundError} also for an entry in a world that the caller is not a member of */
export async function findPresent(db: Database, principal: KnownPrincipal, id: string): Promise<Present> {
  const found = await db.selectFrom('entities').select(['kind', 'worldId']).where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFoundError('entry')
  await requireMember(db, principal, found.worldId)
  const definition: EntityDefinition = entities[found.kind]
  const table = tableOf(definition)
  const row = await db
    .selectFrom('entities')
    .innerJoin(table, `${table}.id`, 'entities.id')
    .where('entities.id', '=', id)
    .select(entityColumns(definition))
    .$castTo<Record<string, unknown> & { version: number }>() // the definition's columns were selected
    .executeTakeFirstOrThrow()
  const fields = Object.fromEntries(Object.entries(row).filter(([field]) => !unversioned.includes(field)))
  return {
    id,
    kind: found.kind,
    version: row.version,
    fields: { ...fields, ...(await findLinks(db, [{ id, kind: found.kind }])).get(id) },
  }
}

/**
 * An entry as it was: what is there now, with the values put back that later changes replaced.
 *
 * @param wanted the version; the current one if omitted
 * @throws {NotFoundError} for a version that there never was, or that is older than the log
 */
export async function findVersion(
  db: Database,
  principal: KnownPrincipal,
  id: string,
  wanted?: number,
): Promise<EntityVersion> {
  return await versionAt(db, await findPresent(db, principal, id), wanted)
}

/** As {@link findVersion}, for two versions of one entry. */
export async function findVersions(
  db: Database,
  principal: KnownPrincipal,
  id: string,
  from: number,
  to: number | undefined,
): Promise<[from: EntityVersion, to: EntityVersion]> {
  const present = await findPresent(db, principal, id)
  return [await versionAt(db, present, from), await versionAt(db, present, to)]
}

async function versionAt(db: Database, present: Present, version = present.version): Promise<EntityVersion> {
  const { id, kind } = present
  if (version === present.version) return { id, kind, version, isCurrent: true, fields: present.fields }
  const earlier = await replacedSince(db, id, version, present.version)
  if (!earlier) throw new NotFoundError('version')
  return { id, kind, version, isCurrent: false, fields: { ...present.fields, ...earlier } }
}

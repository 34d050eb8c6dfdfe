import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { containing, decodeCursor, isAfter, textKey, timeKey, toPage } from '@worldloom/db'
import { NotFoundError, type worldByNameInput, type worldListInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { BatchReader, prepareByIds } from '../batchReader.ts'
import { limitOf, reaches } from '../reach.ts'
import { selectReadableWorlds, worldColumns, worldSummaryColumns } from './select.ts'

const readableWorldsByIds = prepareByIds((db, userId, ids) =>
  selectReadableWorlds(db, userId).select(worldColumns).where('worlds.id', 'in', ids),
)

/** Those of the ids that the caller may see, in no order. */
async function findWorlds(db: Database, principal: KnownPrincipal, ids: readonly string[]) {
  const found = await readableWorldsByIds(db, principal.user.id, ids)
  return found.filter(({ id }) => reaches(principal, id))
}

export type World = Awaited<ReturnType<typeof findWorlds>>[number]

/** @throws {NotFoundError} also for a world that the reader may not see */
export async function findWorldById(db: Database, principal: KnownPrincipal, id: string): Promise<World> {
  const [world] = await findWorlds(db, principal, [id])
  if (!world) throw new NotFoundError('world')
  return world
}

/** The worlds that one request reads by id: in one statement. */
export function worldReader(db: Database): BatchReader<string, World> {
  return new BatchReader<string, World>(async (principal, ids) => {
    const found = await findWorlds(db, principal, ids)
    const byId = new Map(found.map((world) => [world.id, world]))
    return ids.map((id) => byId.get(id) ?? new NotFoundError('world'))
  })
}

/** @throws {NotFoundError} also for a world that the reader may not see */
export async function findWorldByName(
  db: Database,
  principal: KnownPrincipal,
  input: z.output<typeof worldByNameInput>,
) {
  const world = await selectReadableWorlds(db, principal.user.id)
    .select(worldColumns)
    .where('worlds.ownerId', '=', input.ownerId ?? principal.user.id)
    // worlds_name_key
    .where(({ eb, fn }) => eb(fn('lower', ['worlds.name']), '=', fn('lower', [eb.val(input.name)])))
    .executeTakeFirst()
  if (!world || !reaches(principal, world.id)) throw new NotFoundError('world')
  return world
}

const sortKeys = {
  updatedAt: timeKey(sql`worlds.updated_at`),
  createdAt: timeKey(sql`worlds.created_at`),
  name: textKey(sql`lower(worlds.name)`),
}

/**
 * The worlds somebody is a member of, or, as trash, their own deleted ones; a page at a time by keyset, so
 * that the last page costs what the first does. The cost grows with their own worlds alone.
 *
 * @throws {BadCursorError}
 */
export async function listWorlds(db: Database, principal: KnownPrincipal, input: z.output<typeof worldListInput>) {
  const userId = principal.user.id
  const { sort, order, state, search, limit } = input
  const list = ['worlds', state, sort, order, search ?? ''].join(':')
  const sortKey = sortKeys[sort]
  let query = db
    // Materialised, so that the reader's own worlds are sorted, however many others there are: the planner would
    // rather walk everybody's in order and ask of each whose it is.
    .with(
      (cte) => cte('mine').materialized(),
      (qb) => qb.selectFrom('worldMembers').select(['worldId', 'role']).where('userId', '=', userId),
    )
    .selectFrom('mine')
    .innerJoin('worlds', 'worlds.id', 'mine.worldId')
    .select([...worldSummaryColumns, 'worlds.deletedAt', 'mine.role', sortKey.text.as('sortKey')])
    .orderBy(sortKey.expression, order)
    .orderBy('worlds.id', order)
    .limit(limit + 1)
  query =
    state === 'trash'
      ? query.where('worlds.deletedAt', 'is not', null).where('mine.role', '=', 'owner')
      : query.where('worlds.deletedAt', 'is', null)
  const limited = limitOf(principal)
  if (limited) query = query.where('worlds.id', '=', sql<string>`any(${[...limited]}::uuid[])`)
  if (search) query = query.where(containing(search, ['worlds.name', 'worlds.display_name']))
  if (input.cursor) {
    query = query.where(isAfter(sortKey, sql`worlds.id`, order, decodeCursor(list, input.cursor)))
  }
  return toPage(list, await query.execute(), limit)
}

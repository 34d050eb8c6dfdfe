import type { KnownPrincipal } from '@worldloom/auth'
import {
  containing,
  type Database,
  decodeCursor,
  firstRows,
  isAfter,
  type PageStart,
  preparedQueries,
  textKey,
  timeKey,
  toPage,
} from '@worldloom/db'
import { NotFoundError, type worldByNameInput, type worldListInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { BatchReader, type CallsPerRequest, prepareByIds } from '../batchReader.ts'
import { limitOf, reaches } from '../reach.ts'
import { selectReadableWorlds, worldColumns, worldSummaryColumns } from './select.ts'

const readableWorldsByIds = prepareByIds((db, userId, ids) =>
  selectReadableWorlds(db, userId).select(worldColumns).where('worlds.id', 'in', ids),
)

/** The worlds with these ids that the caller may see, in no particular order. */
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

/** Reads worlds by id for one request, in one statement. */
export function worldReader(db: Database, calls: CallsPerRequest = 'several'): BatchReader<string, World> {
  return new BatchReader<string, World>(async (principal, ids) => {
    const found = await findWorlds(db, principal, ids)
    const byId = new Map(found.map((world) => [world.id, world]))
    return ids.map((id) => byId.get(id) ?? new NotFoundError('world'))
  }, calls)
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

// world_members_updated_at_idx, world_members_created_at_idx, world_members_name_idx
const sortKeys = {
  updatedAt: timeKey(sql`world_members.world_updated_at`),
  createdAt: timeKey(sql`world_members.world_created_at`),
  name: textKey(sql`world_members.world_name`),
}

type Sort = keyof typeof sortKeys

interface PageQuery {
  readonly sort: Sort
  readonly order: 'asc' | 'desc'
  readonly userId: string
  readonly limit: number
  readonly start: PageStart | undefined
}

function selectSorted(db: Database, { sort, order, userId, start }: Omit<PageQuery, 'limit'>) {
  const sortKey = sortKeys[sort]
  const query = db
    .selectFrom('worldMembers')
    .innerJoin('worlds', 'worlds.id', 'worldMembers.worldId')
    .select([...worldSummaryColumns, 'worlds.deletedAt', 'worldMembers.role', sortKey.text.as('sortKey')])
    .where('worldMembers.userId', '=', userId)
    .orderBy(sortKey.expression, order)
    .orderBy('worldMembers.worldId', order)
  return start ? query.where(isAfter(sortKey, sql`world_members.world_id`, order, start)) : query
}

type PlainPage = { userId: string; limit: number; startValue: unknown; startId: string }
type PageRow = Awaited<ReturnType<ReturnType<typeof selectSorted>['execute']>>[number]
const plainPages = preparedQueries<PlainPage, PageRow>()

/** Pages without filters are compiled once: building the statement takes longer than running it. */
async function readPage(db: Database, page: PageQuery): Promise<PageRow[]> {
  const { sort, order, userId, limit, start } = page
  const shape = [sort, order, start ? 'after' : 'first'].join()
  const values = { userId, limit, startValue: start?.value, startId: start?.id ?? '' }
  return await plainPages(db, shape, values, (kysely, given) => {
    const sorted = selectSorted(kysely, {
      ...{ sort, order, userId: given.userId },
      start: start && { value: given.startValue, id: given.startId },
    })
    return firstRows(kysely, sorted.where('worldMembers.worldDeletedAt', 'is', null), given.limit)
  })
}

/**
 * The worlds somebody is a member of or, as trash, their own deleted ones, one page at a time (keyset). Every page
 * costs the same, however many there are.
 *
 * @throws {BadCursorError}
 */
export async function listWorlds(
  db: Database,
  principal: KnownPrincipal,
  input: z.output<typeof worldListInput>,
): Promise<{ items: Omit<PageRow, 'sortKey'>[]; nextCursor: string | null }> {
  const { sort, order, state, search, limit, cursor } = input
  const list = ['worlds', state, sort, order, search ?? ''].join(':')
  const page: PageQuery = {
    ...{ sort, order, userId: principal.user.id, limit: limit + 1 },
    start: cursor === undefined ? undefined : decodeCursor(list, cursor, sortKeys[sort]),
  }
  const limited = limitOf(principal)
  if (state !== 'trash' && !search && !limited) return toPage(list, await readPage(db, page), limit)

  let query = selectSorted(db, page)
  query =
    state === 'trash'
      ? query
          .where('worldMembers.worldDeletedAt', 'is not', null)
          .where('worldMembers.role', '=', 'owner')
          .where('worlds.isErased', '=', false)
      : query.where('worldMembers.worldDeletedAt', 'is', null)
  if (limited) query = query.where('worlds.id', '=', sql<string>`any(${[...limited]}::uuid[])`)
  if (search) query = query.where(containing(search, ['worlds.name', 'worlds.display_name']))
  return toPage(list, await firstRows(db, query, page.limit).execute(), limit)
}

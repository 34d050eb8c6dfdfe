import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { ConflictError, type EntryReference, maxPins } from '@worldloom/schema'
import { sql } from 'kysely'
import { findWorldOf } from './records/connections.ts'
import { findWorldById } from './worlds/read.ts'

/** The entries of a world that the caller pinned, in the order in which they did. @throws {NotFoundError} */
export async function listPins(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: EntryReference[] }> {
  await findWorldById(db, principal, worldId)
  const items = await db
    .selectFrom('pins')
    .innerJoin('entities', 'entities.id', 'pins.entityId')
    .select(['entities.id', 'entities.kind', 'entities.name', 'entities.displayName'])
    .where('pins.userId', '=', principal.user.id)
    .where('pins.worldId', '=', worldId)
    .where('entities.deletedAt', 'is', null)
    .orderBy('pins.createdAt')
    .orderBy('entities.id')
    .execute()
  return { items }
}

/** @throws {NotFoundError} @throws {ConflictError} if the caller pinned as many entries of its world as they can */
export async function pinEntry(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<{ id: string; isPinned: boolean }> {
  const worldId = await findWorldOf(db, principal, id)
  const userId = principal.user.id
  await inTransaction(db, async (trx) => {
    // One after the other, so that several at once can't be more than there may be.
    await trx.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
    await trx
      .insertInto('pins')
      .values({ userId, entityId: id, worldId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { count } = await trx
      .selectFrom('pins')
      .innerJoin('entities', 'entities.id', 'pins.entityId')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('pins.userId', '=', userId)
      .where('pins.worldId', '=', worldId)
      .where('entities.deletedAt', 'is', null)
      .executeTakeFirstOrThrow()
    if (count > maxPins) throw new ConflictError(`You can pin ${maxPins} entries of a world. Unpin one first.`)
  })
  return { id, isPinned: true }
}

/** @throws {NotFoundError} */
export async function unpinEntry(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<{ id: string; isPinned: boolean }> {
  await findWorldOf(db, principal, id)
  await db.deleteFrom('pins').where('userId', '=', principal.user.id).where('entityId', '=', id).execute()
  return { id, isPinned: false }
}

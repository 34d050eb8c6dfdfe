import { recordEvent } from '@worldloom/auth'
import { afterCommit, type Database, inTransaction, tryOut } from '@worldloom/db'
import {
  type ChangeSetProposed,
  ConflictError,
  type changeSetCreateInput,
  maxPendingChangeSets,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { announce, proposalsChannel } from '../live/announce.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'
import { applyChanges, lockTargets } from './apply.ts'
import { findChangeSet } from './list.ts'

/**
 * Proposes changes to a world. They are tried out, so that what cannot be done is refused now, and nothing of them is written.
 *
 * @throws {NotFoundError | RoleTooLowError} for the world
 * @throws {BadInputError} naming the change and its field, and as making the changes would
 * @throws {ConflictError} if too many of the caller's wait for a decision already
 */
export async function proposeChanges(
  db: Database,
  writer: Writer,
  publicUrl: string,
  { worldId, title, changes }: z.output<typeof changeSetCreateInput>,
): Promise<ChangeSetProposed> {
  const { principal, actor } = writer
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'editor')
    await requireRoom(trx, principal.user.id, worldId)
    const checked = await tryOut(trx, async (tried) => {
      const targets = await lockTargets(tried, worldId, changes)
      return await applyChanges(tried, writer, worldId, changes, targets, 'named')
    })
    const { id } = await trx
      .insertInto('changeSets')
      .values({
        ...{ worldId, title, proposedBy: principal.user.id, viaChat: actor.viaChat ?? false },
        changes: JSON.stringify(checked),
        ...(principal.kind === 'apiKey' && (await keyOf(trx, principal.apiKeyId))),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordEvent(trx, actor, {
      action: 'changeSet.propose',
      subject: { kind: 'changeSet', id, name: title },
      details: { worldId, count: changes.length },
    })
    afterCommit(trx, (db) => announce(db, proposalsChannel, worldId))
    const url = new URL(`/worlds/${worldId}/proposals/${id}`, publicUrl).href
    return { ...(await findChangeSet(trx, principal, id)), url }
  })
}

/** @throws {ConflictError} */
async function requireRoom(trx: Database, userId: string, worldId: string): Promise<void> {
  // One after the other, so that several at once can't be more than there may be.
  await trx.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute()
  const { count } = await trx
    .selectFrom('changeSets')
    .where('worldId', '=', worldId)
    .where('proposedBy', '=', userId)
    .where('status', '=', 'pending')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  if (count >= maxPendingChangeSets) {
    throw new ConflictError(
      `${maxPendingChangeSets} of your proposals wait for a decision in this world. Confirm or dismiss some first.`,
    )
  }
}

async function keyOf(trx: Database, apiKeyId: string) {
  const { name } = await trx.selectFrom('apiKeys').select('name').where('id', '=', apiKeyId).executeTakeFirstOrThrow()
  return { apiKeyId, apiKeyName: name }
}

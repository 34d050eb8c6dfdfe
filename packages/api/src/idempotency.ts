import { createHash } from 'node:crypto'
import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { BadInputError, ConflictError } from '@worldloom/schema'

/** How long a response is kept. */
const keptHours = 24

interface Calling {
  readonly db: Database
  readonly principal: KnownPrincipal
  readonly idempotencyKey?: string | undefined
}

/**
 * Creates something at most once per caller and key. A repeated request gets the first response again. The key is
 * stored in the same transaction as what is created, so there is never one without the other.
 *
 * @throws {ConflictError} if the key was used for something else
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export async function once<Answer extends object>(
  { db, principal, idempotencyKey: key }: Calling,
  procedure: string,
  input: unknown,
  make: (db: Database) => Promise<Answer>,
): Promise<Answer> {
  if (key === undefined) return await make(db)
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new BadInputError({ idempotencyKey: ['Must be 1 to 255 visible ASCII characters'] })
  }
  const requestHash = createHash('sha256')
    .update(JSON.stringify([procedure, input]))
    .digest()
  return await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('idempotencyKeys')
      .where('userId', '=', principal.user.id)
      .where('key', '=', key)
      .where('createdAt', '<', hoursAgo(keptHours))
      .execute()
    const isNew = await trx
      .insertInto('idempotencyKeys')
      .values({ userId: principal.user.id, key, requestHash })
      // Waits for a concurrent request with the same key.
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()
    if (isNew) {
      const answer = await make(trx)
      await trx
        .updateTable('idempotencyKeys')
        .set({ answer: JSON.stringify(answer) })
        .where('userId', '=', principal.user.id)
        .where('key', '=', key)
        .execute()
      return answer
    }
    const before = await trx
      .selectFrom('idempotencyKeys')
      .select(['requestHash', 'answer'])
      .where('userId', '=', principal.user.id)
      .where('key', '=', key)
      .executeTakeFirst()
    if (!before?.requestHash.equals(requestHash) || before.answer === null) {
      throw new ConflictError('That idempotency key was already used for a different request. Use a new one.')
    }
    return before.answer as Answer // as it was sent over the wire, where times are strings
  })
}

export async function deleteOldAnswers(db: Database): Promise<void> {
  await db.deleteFrom('idempotencyKeys').where('createdAt', '<', hoursAgo(keptHours)).execute()
}

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000)
}

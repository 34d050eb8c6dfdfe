import { encodeBase32LowerCaseNoPadding } from '@oslojs/encoding'
import { type Database, inTransaction } from '@worldloom/db'
import { sql } from 'kysely'
import { hashSecretToken } from '../secretToken.ts'

const codeCount = 10
/** 80 bits, so that a hash is enough to keep of it. */
const codeBytes = 10

/** Replaces somebody's recovery codes. Only their hashes are kept. @returns the codes, as `abcd-efgh-ijkl-mnop` */
export async function createRecoveryCodes(db: Database, userId: string): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () =>
    encodeBase32LowerCaseNoPadding(crypto.getRandomValues(new Uint8Array(codeBytes))),
  )
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('recoveryCodes').where('userId', '=', userId).execute()
    await trx
      .insertInto('recoveryCodes')
      .values(codes.map((code) => ({ userId, codeHash: hashSecretToken(code) })))
      .execute()
  })
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
}

/** Uses a code up. @returns whether it was one of theirs that had not been used */
export async function takeRecoveryCode(db: Database, userId: string, code: string): Promise<boolean> {
  const plain = code.toLowerCase().replace(/[\s-]/g, '')
  if (!/^[a-z2-7]{16}$/.test(plain)) return false
  const taken = await db
    .updateTable('recoveryCodes')
    .set({ usedAt: new Date() })
    .where('userId', '=', userId)
    .where('codeHash', '=', hashSecretToken(plain))
    .where('usedAt', 'is', null)
    .returning('userId')
    .executeTakeFirst()
  return taken !== undefined
}

/** How many are left. */
export async function countRecoveryCodes(db: Database, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('recoveryCodes')
    .where('userId', '=', userId)
    .where('usedAt', 'is', null)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

import { decodeBase32, encodeBase32UpperCaseNoPadding } from '@oslojs/encoding'
import { createTOTPKeyURI, verifyHOTP } from '@oslojs/otp'
import type { Database } from '@worldloom/db'
import { ConflictError, type TotpSetup } from '@worldloom/schema'
import { sql } from 'kysely'
import type { SealedText } from '../sealedText.ts'

/** RFC 6238, as every authenticator app has it. */
const [stepSeconds, digits, secretBytes] = [30, 6, 20]

/**
 * Makes a secret for an authenticator app. It counts once a code has been confirmed; until then another one can be made.
 *
 * @throws {ConflictError} if codes are asked for already
 */
export async function beginTotp(
  db: Database,
  sealed: SealedText,
  { id: userId, name }: { readonly id: string; readonly name: string },
): Promise<TotpSetup> {
  const key = crypto.getRandomValues(new Uint8Array(secretBytes))
  const sealedSecret = await sealed.seal(encodeBase32UpperCaseNoPadding(key))
  const begun = await db
    .insertInto('totpSecrets')
    .values({ userId, sealedSecret })
    .onConflict((conflict) =>
      conflict
        .column('userId')
        .doUpdateSet({ sealedSecret, createdAt: new Date() })
        .where('totpSecrets.confirmedAt', 'is', null),
    )
    .returning('userId')
    .executeTakeFirst()
  if (!begun) throw new ConflictError('You have an authenticator app already. Remove it first to set up another.')
  return {
    secret: encodeBase32UpperCaseNoPadding(key),
    uri: createTOTPKeyURI('Worldloom', name, key, stepSeconds, digits),
  }
}

/**
 * Checks a code of an authenticator app and uses it up: of its own step, the one before or the one after, as clocks differ.
 *
 * @param state whether the app is still being set up
 */
export async function takeTotpCode(
  db: Database,
  sealed: SealedText,
  userId: string,
  given: string,
  state: 'confirmed' | 'begun' = 'confirmed',
): Promise<boolean> {
  const code = given.replace(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return false
  const row = await db
    .selectFrom('totpSecrets')
    .select('sealedSecret')
    .where('userId', '=', userId)
    .where('confirmedAt', state === 'begun' ? 'is' : 'is not', null)
    .executeTakeFirst()
  if (!row) return false
  const key = decodeBase32(await sealed.open(row.sealedSecret))
  const now = Math.floor(Date.now() / 1000 / stepSeconds)
  const step = [now, now - 1, now + 1].find((each) => verifyHOTP(key, BigInt(each), digits, code))
  if (step === undefined) return false
  // None works twice, also if it is sent twice at once.
  const taken = await db
    .updateTable('totpSecrets')
    .set({ lastStep: String(step), ...(state === 'begun' && { confirmedAt: new Date() }) })
    .where('userId', '=', userId)
    .where('confirmedAt', state === 'begun' ? 'is' : 'is not', null)
    .where(sql<boolean>`coalesce(last_step, 0) < ${step}`)
    .returning('userId')
    .executeTakeFirst()
  return taken !== undefined
}

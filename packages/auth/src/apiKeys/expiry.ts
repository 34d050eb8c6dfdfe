import { type Database, inTransaction } from '@worldloom/db'
import { sql } from 'kysely'
import { letters } from '../mail/letters.ts'
import type { Post } from '../mail/mailer.ts'

/** How many days before a key ends its owner is told. */
const stages = [14, 3, 1] as const

/**
 * Mails the owners of keys that end within 14, 3 or 1 days, once for each. A key that lives no longer than that is not
 * mentioned when it has just been made.
 *
 * @returns how many mails
 */
export async function warnOfExpiringKeys(
  db: Database,
  { mailer, publicUrl }: { readonly mailer: Pick<Post, 'send'>; readonly publicUrl: string },
): Promise<number> {
  return await inTransaction(db, async (trx) => {
    const { rows } = await sql<{ name: string; email: string; days: number }>`
      update api_keys set warned_days = due.days
      from (
        select api_keys.id, min(stage) as days from api_keys cross join unnest(${[...stages]}::int[]) as stage
        where is_active and client_id is null and expires_at > now() and expires_at <= now() + make_interval(days => stage)
          and created_at < expires_at - make_interval(days => stage)
        group by api_keys.id
      ) due, users
      where due.id = api_keys.id and users.id = api_keys.user_id and users.is_active and users.email is not null
        and (warned_days is null or warned_days > due.days)
      returning api_keys.name, users.email, due.days`.execute(trx)
    for (const { name, email, days } of rows) {
      await mailer.send(trx, letters.apiKeyExpires(email, name, days, `${publicUrl}/settings/api-keys`))
    }
    return rows.length
  })
}

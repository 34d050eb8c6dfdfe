import { endGrant, findClient, hashSecretToken, type SealedText, saveClient } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { sql } from 'kysely'
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider'
import { resourceOf } from './resources.ts'

export interface RecordDependencies {
  readonly db: Database
  /** Encrypts what is kept: it has codes and tokens in it. */
  readonly sealed: SealedText
  readonly publicUrl: string
}

/**
 * Keeps the state of the provider in PostgreSQL: found by hashes of codes and tokens, and otherwise encrypted. What belongs to a grant ends
 * with its row in `api_keys`.
 *
 * @see https://github.com/panva/node-oidc-provider/blob/main/example/my_adapter.js
 */
export function recordAdapter(deps: RecordDependencies): (kind: string) => Adapter {
  return (kind) => (kind === 'Client' ? clientAdapter(deps) : adapterOf(deps, kind))
}

/** The registered clients, of which those that register themselves come here. */
function clientAdapter(deps: RecordDependencies): Adapter {
  const nothing = async () => undefined
  return {
    find: async (id) => (await findClient(deps, id))?.metadata as AdapterPayload | undefined, // as it was given here
    upsert: async (id, payload) => {
      await saveClient(deps, { ...payload, client_id: id }, { registeredBy: null, isSelfRegistered: true })
    },
    ...{ findByUid: nothing, findByUserCode: nothing, consume: nothing, destroy: nothing, revokeByGrantId: nothing },
  }
}

function adapterOf({ db, sealed, publicUrl }: RecordDependencies, kind: string): Adapter {
  const find = async (column: 'idHash' | 'uidHash' | 'userCodeHash', value: string) => {
    const row = await db
      .selectFrom('oauthRecords')
      .where('kind', '=', kind)
      .where(column, '=', hashSecretToken(value))
      .select(['sealedPayload', 'consumedAt'])
      .executeTakeFirst()
    if (!row) return undefined
    const payload = JSON.parse(await sealed.open(row.sealedPayload)) as AdapterPayload // as it was sealed
    if (row.consumedAt) payload.consumed = Math.floor(row.consumedAt.getTime() / 1000)
    return payload
  }
  return {
    find: async (id) => await find('idHash', id),
    findByUid: async (uid) => await find('uidHash', uid),
    findByUserCode: async (userCode) => await find('userCodeHash', userCode),

    upsert: async (id, payload, seconds) => {
      const { grantId = kind === 'Grant' ? id : undefined, uid, userCode, scope } = payload
      const audience = typeof payload.aud === 'string' ? payload.aud : publicUrl
      const values = {
        sealedPayload: await sealed.seal(JSON.stringify(payload)),
        grantId: grantId ?? null,
        apiKeyId: sql<string | null>`(select id from api_keys where grant_id = ${grantId ?? null})`,
        uidHash: kind === 'Session' && uid ? hashSecretToken(uid) : null,
        userCodeHash: userCode ? hashSecretToken(userCode) : null,
        resource: kind === 'AccessToken' ? (resourceOf(publicUrl, audience) ?? null) : null,
        scope: kind === 'AccessToken' ? (scope ?? '') : null,
        // A grant without an end lasts until it is taken away.
        expiresAt: seconds ? new Date(Date.now() + seconds * 1000) : sql<Date>`'infinity'::timestamptz`,
      }
      await db
        .insertInto('oauthRecords')
        .values({ kind, idHash: hashSecretToken(id), ...values })
        .onConflict((conflict) => conflict.columns(['kind', 'idHash']).doUpdateSet(values))
        .execute()
    },

    // Of two requests with one code, one is first; the other is a second use, which ends the grant (RFC 9700 §4.5.3.2).
    consume: async (id) => {
      const consumed = await db
        .updateTable('oauthRecords')
        .set({ consumedAt: new Date() })
        .where('kind', '=', kind)
        .where('idHash', '=', hashSecretToken(id))
        .where('consumedAt', 'is', null)
        .returning('grantId')
        .executeTakeFirst()
      if (consumed) return
      const { grantId } = (await find('idHash', id)) ?? {}
      if (grantId) await endGrant(db, grantId, 'grant.reuse')
      throw new errors.InvalidGrant('already used')
    },

    destroy: async (id) => {
      // Apps give their tokens back at one route; everywhere else a grant ends as something of it was used twice.
      if (kind === 'Grant') {
        const isGivenBack = Provider.ctx?.oidc.route === 'revocation'
        await endGrant(db, id, isGivenBack ? 'grant.revoke' : 'grant.reuse')
      }
      await db.deleteFrom('oauthRecords').where('kind', '=', kind).where('idHash', '=', hashSecretToken(id)).execute()
    },

    revokeByGrantId: async (grantId) => {
      await db.deleteFrom('oauthRecords').where('kind', '=', kind).where('grantId', '=', grantId).execute()
    },
  }
}

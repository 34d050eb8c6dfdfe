import { randomUUID } from 'node:crypto'
import { type Database, inTransaction } from '@worldloom/db'
import { type clientCreateInput, NotFoundError, type RegisteredClient } from '@worldloom/schema'
import { sql } from 'kysely'
import { jsonObjectFrom } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import { type Actor, recordEvent } from '../audit.ts'
import type { SealedText } from '../sealedText.ts'
import { createSecretToken } from '../secretToken.ts'

/** The metadata of a client (RFC 7591 §2), of which these are ours to read. */
export interface ClientMetadata {
  readonly client_id: string
  readonly client_name?: string | undefined
  readonly client_secret?: string | undefined
  readonly redirect_uris?: readonly string[] | undefined
  readonly [name: string]: unknown
}

export interface ClientDependencies {
  readonly db: Database
  /** Encrypts metadata, which may have a secret. */
  readonly sealed: SealedText
}

/** Every app that is registered, the latest first. */
export async function listClients({ db, sealed }: ClientDependencies): Promise<RegisteredClient[]> {
  const rows = await selectClients(db).orderBy('createdAt', 'desc').execute()
  return await Promise.all(rows.map((row) => toClient(sealed, row)))
}

function selectClients(db: Database) {
  return db
    .selectFrom('oauthClients')
    .select(['id', 'name', 'isSelfRegistered', 'createdAt', 'sealedMetadata'])
    .select((eb) => [
      jsonObjectFrom(
        eb
          .selectFrom('users')
          .whereRef('users.id', '=', 'oauthClients.registeredBy')
          .select(['users.id', 'users.displayName']),
      ).as('registeredBy'),
      eb
        .selectFrom('apiKeys')
        .whereRef('apiKeys.clientId', '=', 'oauthClients.id')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('grants'),
    ])
}

async function toClient(
  sealed: SealedText,
  { sealedMetadata, grants, ...row }: Awaited<ReturnType<ReturnType<typeof selectClients>['executeTakeFirstOrThrow']>>,
): Promise<RegisteredClient> {
  const metadata = await open(sealed, sealedMetadata)
  return {
    ...row,
    grants: grants ?? 0,
    redirectUris: [...(metadata.redirect_uris ?? [])],
    isConfidential: metadata.client_secret !== undefined,
  }
}

/** Registers an app. Its secret, if it has one, is returned once. */
export async function createClient(
  { db, sealed }: ClientDependencies,
  actor: Actor,
  { name, redirectUris, isConfidential }: z.output<typeof clientCreateInput>,
): Promise<RegisteredClient & { secret: string | null }> {
  const secret = isConfidential ? createSecretToken() : null
  const metadata: ClientMetadata = {
    client_id: randomUUID(),
    client_name: name,
    redirect_uris: redirectUris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    // Only these may have a scheme of their own, and the port of http on one's own machine does not matter for them (RFC 8252 §7.3).
    application_type: redirectUris.every((uri) => uri.startsWith('https:')) ? 'web' : 'native',
    token_endpoint_auth_method: secret ? 'client_secret_basic' : 'none',
    ...(secret && { client_secret: secret }),
  }
  const { client_id: id } = metadata
  await inTransaction(db, async (trx) => {
    await saveClient({ db: trx, sealed }, metadata, { registeredBy: actor.userId ?? null, isSelfRegistered: false })
    await recordEvent(trx, actor, {
      action: 'oauthClient.create',
      subject: { kind: 'oauthClient', id, name },
      details: { redirectUris, isConfidential },
    })
  })
  const made = await selectClients(db).where('id', '=', id).executeTakeFirstOrThrow()
  return { ...(await toClient(sealed, made)), secret }
}

/** Keeps a client. */
export async function saveClient(
  { db, sealed }: ClientDependencies,
  metadata: ClientMetadata,
  by: { readonly registeredBy: string | null; readonly isSelfRegistered: boolean },
): Promise<void> {
  const values = {
    id: metadata.client_id,
    name: (metadata.client_name ?? metadata.client_id).slice(0, 255),
    sealedMetadata: await sealed.seal(JSON.stringify(metadata)),
    ...by,
  }
  await db.insertInto('oauthClients').values(values).execute()
}

/** @returns undefined for one that is not registered */
export async function findClient({ db, sealed }: ClientDependencies, id: string) {
  const row = await db
    .selectFrom('oauthClients')
    .where('id', '=', id)
    .select(['sealedMetadata', 'isSelfRegistered'])
    .executeTakeFirst()
  return row && { metadata: await open(sealed, row.sealedMetadata), isSelfRegistered: row.isSelfRegistered }
}

/** Removes an app, and what people have granted it. @throws {NotFoundError} */
export async function deleteClient(db: Database, actor: Actor, id: string): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const deleted = await trx
      .deleteFrom('oauthClients')
      .where('id', '=', id)
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow(() => new NotFoundError('app'))
    const ended = await trx.deleteFrom('apiKeys').where('clientId', '=', id).returning('id').execute()
    await recordEvent(trx, actor, {
      action: 'oauthClient.delete',
      subject: { kind: 'oauthClient', ...deleted },
      details: { grants: ended.length },
    })
    return { id }
  })
}

async function open(sealed: SealedText, text: string): Promise<ClientMetadata> {
  return JSON.parse(await sealed.open(text)) as ClientMetadata // as it was sealed
}

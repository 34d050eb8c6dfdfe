import { randomBytes } from 'node:crypto'
import { type Actor, type KnownPrincipal, recordEvent, type SealedText } from '@worldloom/auth'
import {
  afterCommit,
  type Database,
  decodeCursor,
  firstRows,
  idKey,
  inTransaction,
  isAfter,
  toPage,
} from '@worldloom/db'
import {
  ChangedError,
  ConflictError,
  maxWebhooks,
  NotFoundError,
  type webhookCreateInput,
  type webhookDeliveriesInput,
  type webhookMade,
  type webhookUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { readHeads } from '../changes/items.ts'
import { notFoundAs } from '../notFoundAs.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'

const columns = [
  'webhooks.id',
  'webhooks.worldId',
  'webhooks.ownerId',
  'webhooks.url',
  'webhooks.description',
  'webhooks.events',
  'webhooks.isActive',
  'webhooks.offBecause',
  'webhooks.failures',
  'webhooks.failingSince',
  'webhooks.nextAttemptAt',
  'webhooks.version',
  'webhooks.createdAt',
] as const

function selectWebhooks(db: Database) {
  return db
    .selectFrom('webhooks')
    .leftJoin('changeHeads', 'changeHeads.worldId', 'webhooks.worldId')
    .select(columns)
    .select(sql<number>`(coalesce(change_heads.position, webhooks.position) - webhooks.position)::int`.as('pending'))
    .$narrowType<{ offBecause: 'owner' | 'failures' | 'gone' | 'access' | null }>()
}

export type Webhook = Awaited<ReturnType<ReturnType<typeof selectWebhooks>['executeTakeFirstOrThrow']>>

/** The webhooks of a world, for its owner. @throws {NotFoundError | RoleTooLowError} */
export async function listWebhooks(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: Webhook[] }> {
  await requireWorldRole(db, principal, worldId, 'owner')
  return { items: await selectWebhooks(db).where('webhooks.worldId', '=', worldId).orderBy('webhooks.id').execute() }
}

/**
 * Makes a webhook, which is told of changes from now on.
 *
 * @returns it with its secret, which is never shown again
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {ConflictError} if the world has as many as it can have
 */
export async function createWebhook(
  db: Database,
  { actor, principal }: Writer,
  sealed: SealedText,
  { worldId, ...fields }: z.output<typeof webhookCreateInput>,
): Promise<z.output<typeof webhookMade>> {
  const secret = newSecret()
  const secretJwe = await sealed.seal(secret)
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'owner')
    const { count } = await trx
      .selectFrom('webhooks')
      .where('worldId', '=', worldId)
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    if (count >= maxWebhooks) throw new ConflictError(`A world can have ${maxWebhooks} webhooks. Delete one first.`)
    const position = (await readHeads(trx, [worldId])).get(worldId) ?? 0
    const { id } = await trx
      .insertInto('webhooks')
      .values({ ...fields, worldId, ownerId: principal.user.id, secretJwe, position })
      .returning('id')
      .executeTakeFirstOrThrow()
    afterCommit(trx, announceWebhooks)
    const { host } = new URL(fields.url)
    await recordEvent(trx, actor, {
      action: 'webhook.create',
      subject: { kind: 'webhook', id, name: host },
      details: { worldId },
    })
    return { ...(await findWebhook(trx, principal, id)), secret }
  })
}

/** Says that webhooks were added or changed. */
export const webhookChannel = 'webhooks_changed'

function announceWebhooks(db: Database): void {
  sql`select pg_notify(${webhookChannel}, '')`
    .execute(db)
    // Each process looks for itself, too, only later.
    .catch(() => undefined)
}

/** `whsec_` and 24 random bytes, as Standard Webhooks has them. */
function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

/** @throws {NotFoundError | RoleTooLowError} */
export async function findWebhook(db: Database, principal: KnownPrincipal, id: string): Promise<Webhook> {
  const webhook = await selectWebhooks(db)
    .where('webhooks.id', '=', id)
    .executeTakeFirstOrThrow(() => new NotFoundError('webhook'))
  await requireWorldRole(db, principal, webhook.worldId, 'owner').catch(notFoundAs('webhook'))
  return webhook
}

/**
 * Changes the given fields. Switched on again, it goes on where it was.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function updateWebhook(
  db: Database,
  { actor, principal }: Writer,
  { id, version, isActive, ...fields }: z.output<typeof webhookUpdateInput>,
): Promise<Webhook> {
  return await inTransaction(db, async (trx) => {
    const before = await findWebhook(trx, principal, id)
    const updated = await trx
      .updateTable('webhooks')
      .set({
        ...fields,
        version: sql<number>`version + 1`,
        updatedAt: new Date(),
        ...(isActive !== undefined && {
          isActive,
          offBecause: isActive ? null : 'owner',
          failures: 0,
          failingSince: null,
          nextAttemptAt: new Date(),
          // Whoever switches it on answers for what is sent.
          ...(isActive && { ownerId: principal.user.id }),
        }),
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('id')
      .executeTakeFirst()
    if (!updated) throw new ChangedError('webhook', before)
    // There may be something to deliver.
    afterCommit(trx, announceWebhooks)
    await recordEvent(trx, actor, {
      action: 'webhook.update',
      subject: { kind: 'webhook', id, name: new URL(fields.url ?? before.url).host },
      details: { worldId: before.worldId, ...(isActive !== undefined && { isActive }) },
    })
    return await findWebhook(trx, principal, id)
  })
}

/** Gives it another secret. The one before does not work any more. @throws {NotFoundError | RoleTooLowError} */
export async function rotateWebhookSecret(
  db: Database,
  { actor, principal }: Writer,
  sealed: SealedText,
  id: string,
): Promise<z.output<typeof webhookMade>> {
  const secret = newSecret()
  const secretJwe = await sealed.seal(secret)
  return await inTransaction(db, async (trx) => {
    const { worldId, url } = await findWebhook(trx, principal, id)
    await trx
      .updateTable('webhooks')
      .set({ secretJwe, version: sql<number>`version + 1` })
      .where('id', '=', id)
      .execute()
    const subject = { kind: 'webhook', id, name: new URL(url).host }
    await recordEvent(trx, actor, { action: 'webhook.rotate', subject, details: { worldId } })
    return { ...(await findWebhook(trx, principal, id)), secret }
  })
}

/** @throws {NotFoundError | RoleTooLowError} */
export async function deleteWebhook(db: Database, { actor, principal }: Writer, id: string): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const { worldId, url } = await findWebhook(trx, principal, id)
    await trx.deleteFrom('webhooks').where('id', '=', id).execute()
    const subject = { kind: 'webhook', id, name: new URL(url).host }
    await recordEvent(trx, actor, { action: 'webhook.delete', subject, details: { worldId } })
    return { id }
  })
}

/** The attempts to deliver, latest first. @throws {NotFoundError | RoleTooLowError | BadCursorError} */
export async function listDeliveries(
  db: Database,
  principal: KnownPrincipal,
  { id, limit, cursor }: z.output<typeof webhookDeliveriesInput>,
) {
  await findWebhook(db, principal, id)
  const list = JSON.stringify(['deliveries', id])
  let query = db
    .selectFrom('webhookDeliveries')
    .where('webhookId', '=', id)
    .select([
      'id',
      'messageId',
      'event',
      'payload',
      'status',
      'response',
      'milliseconds',
      'at',
      idKey.text.as('sortKey'),
    ])
    .orderBy('id', 'desc')
  if (cursor) query = query.where(isAfter(idKey, sql`id`, 'desc', decodeCursor(list, cursor, idKey)))
  return toPage(list, await firstRows(db, query, limit + 1).execute(), limit)
}

/** Deletes attempts of more than thirty days ago. */
export async function deleteOldDeliveries(db: Database): Promise<void> {
  await db.deleteFrom('webhookDeliveries').where('at', '<', sql<Date>`now() - interval '30 days'`).execute()
}

/** The webhooks of any world whose last attempt failed and that will be tried again, for administrators. Not what they are of. */
export async function listFailingWebhooks(db: Database) {
  const rows = await db
    .selectFrom('webhooks')
    .innerJoin('users', 'users.id', 'webhooks.ownerId')
    .where('webhooks.isActive', '=', true)
    .where('webhooks.failures', '>', 0)
    .select(['webhooks.id', 'webhooks.url', 'users.displayName as owner', 'failures', 'nextAttemptAt'])
    .select(({ ref }) => ref('webhooks.failingSince').$notNull().as('failingSince'))
    .orderBy('nextAttemptAt')
    .limit(100)
    .execute()
  return { items: rows.map(({ url, ...row }) => ({ ...row, host: new URL(url).host })) }
}

/** Has a webhook that fails tried now instead of later. @throws {NotFoundError} if there is none */
export async function retryWebhook(db: Database, actor: Actor, id: string): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const { url } = await trx
      .updateTable('webhooks')
      .set({ nextAttemptAt: new Date() })
      .where('id', '=', id)
      .where('isActive', '=', true)
      .where('failures', '>', 0)
      .returning('url')
      .executeTakeFirstOrThrow(() => new NotFoundError('webhook'))
    afterCommit(trx, announceWebhooks)
    await recordEvent(trx, actor, {
      action: 'webhook.retry',
      subject: { kind: 'webhook', id, name: new URL(url).host },
    })
    return { id }
  })
}

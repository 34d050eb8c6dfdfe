import {
  type Actor,
  createSecretToken,
  deviceName,
  hashSecretToken,
  isSecretToken,
  type KnownPrincipal,
  type Origin,
  recordEvent,
} from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  ConflictError,
  maxShareLinks,
  NotFoundError,
  type ShareLink,
  type shareLinkCreateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { notFoundAs } from '../notFoundAs.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'
import { holds } from './access.ts'

/**
 * Creates a link with which people without an account read a world, or one entry and what is in it. Only its hash is
 * stored, so this is the only time that the link is returned.
 *
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {ConflictError} if there are too many
 */
export async function createShareLink(
  db: Database,
  { principal, actor }: Writer,
  publicUrl: string,
  { worldId, entityId, label = '', maxUses, expiresInDays }: z.output<typeof shareLinkCreateInput>,
): Promise<ShareLink & { readonly link: string }> {
  const token = createSecretToken()
  const made = await inTransaction(db, async (trx) => {
    const world = await requireWorldRole(trx, principal, worldId, 'owner')
    const { count } = await trx
      .selectFrom('shareLinks')
      .where('worldId', '=', worldId)
      .where(holds)
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    if (count >= maxShareLinks)
      throw new ConflictError(`This world already has ${maxShareLinks} open share links. Revoke some first.`)
    const entity =
      entityId &&
      (await trx
        .selectFrom('entities')
        .select(['id', 'kind', 'displayName'])
        .where('id', '=', entityId)
        .where('worldId', '=', worldId)
        .where('deletedAt', 'is', null)
        .forKeyShare()
        .executeTakeFirstOrThrow(() => new NotFoundError('entry')))
    const { id } = await trx
      .insertInto('shareLinks')
      .values({
        worldId,
        ...(entity && { entityId: entity.id, entityKind: entity.kind }),
        label,
        tokenHash: hashSecretToken(token),
        createdBy: principal.user.id,
        maxUses: maxUses ?? null,
        expiresAt: expiresInDays ? new Date(Date.now() + expiresInDays * 86_400_000) : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordEvent(trx, actor, {
      action: 'shareLink.create',
      subject: { kind: 'world', id: worldId, name: world.displayName },
      details: { shareLinkId: id, label, entityId: entityId ?? null, maxUses: maxUses ?? null },
    })
    return await selectLinks(trx).where('shareLinks.id', '=', id).executeTakeFirstOrThrow()
  })
  return { ...made, link: `${publicUrl}/share?token=${token}` }
}

/** The share links of a world, the latest first, also those that have ended. @throws {NotFoundError | RoleTooLowError} */
export async function listShareLinks(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: ShareLink[] }> {
  await requireWorldRole(db, principal, worldId, 'owner')
  const items = await selectLinks(db)
    .where('shareLinks.worldId', '=', worldId)
    .orderBy('shareLinks.id', 'desc')
    .limit(2 * maxShareLinks)
    .execute()
  return { items }
}

/** Who reads with it can't from then on. @throws {NotFoundError | RoleTooLowError} */
export async function revokeShareLink(db: Database, { principal, actor }: Writer, id: string): Promise<ShareLink> {
  return await inTransaction(db, async (trx) => {
    const { worldId, label } = await requireShareLink(trx, principal, id)
    const revoked = await trx
      .updateTable('shareLinks')
      .set({ revokedAt: new Date() })
      .where('id', '=', id)
      .where('revokedAt', 'is', null)
      .executeTakeFirst()
    if (revoked.numUpdatedRows > 0n) {
      await recordEvent(trx, actor, {
        action: 'shareLink.revoke',
        subject: { kind: 'world', id: worldId },
        details: { shareLinkId: id, label },
      })
    }
    return await selectLinks(trx).where('shareLinks.id', '=', id).executeTakeFirstOrThrow()
  })
}

/** The last hundred browsers that a link was opened in. @throws {NotFoundError | RoleTooLowError} */
export async function listShareVisits(db: Database, principal: KnownPrincipal, id: string) {
  await requireShareLink(db, principal, id)
  const items = await db
    .selectFrom('shareVisits')
    .select(['id', 'openedAt', 'device'])
    .where('shareLinkId', '=', id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return { items }
}

/** What a share link shows, before it is opened. */
export interface ShownShareLink {
  readonly id: string
  readonly worldId: string
  readonly worldName: string
  readonly entity: ShareLink['entity']
  readonly createdBy: string
  readonly expiresAt: Date | null
  /** Whether each browser that opens it counts. */
  readonly isCounted: boolean
  /** Whether as many as may have opened it. */
  readonly isUsedUp: boolean
}

/** @throws {NotFoundError} for a link that is unknown, revoked or expired, or whose world or entry is in the trash */
export async function showShareLink(db: Database, token: string): Promise<ShownShareLink> {
  return await findOpen(db, token)
}

/**
 * Opens a share link in a browser, which can read with it from then on. Opening it there again does not count.
 *
 * @param visitor the browser's secret, if it has one from another link
 * @returns the browser's secret
 * @throws {NotFoundError} as {@link showShareLink}
 * @throws {ConflictError} if as many as may have opened it
 */
export async function openShareLink(
  db: Database,
  origin: Origin,
  token: string,
  visitor: string | undefined,
): Promise<{ readonly link: ShownShareLink; readonly visitor: string }> {
  const secret = visitor && isSecretToken(visitor) ? visitor : createSecretToken()
  return await inTransaction(db, async (trx) => {
    const link = await findOpen(trx, token, true)
    const added = await trx
      .insertInto('shareVisits')
      .values({
        shareLinkId: link.id,
        visitorHash: hashSecretToken(secret),
        device: deviceName(origin.userAgent ?? null).slice(0, 100),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return { link, visitor: secret }
    if (link.isUsedUp)
      throw new ConflictError('This link has been opened as often as it can be. Ask whoever sent it for a new one.')
    await trx
      .updateTable('shareLinks')
      .set((eb) => ({ useCount: eb('useCount', '+', 1) }))
      .where('id', '=', link.id)
      .execute()
    const actor: Actor = { kind: 'anonymous', ...origin }
    await recordEvent(trx, actor, {
      action: 'shareLink.open',
      subject: { kind: 'world', id: link.worldId, name: link.worldName },
      details: { shareLinkId: link.id, entityId: link.entity?.id ?? null },
    })
    return { link, visitor: secret }
  })
}

/** Links that ended long ago, with the list of those who opened them. */
export async function deleteOldShareLinks(db: Database): Promise<void> {
  const end = new Date(Date.now() - 90 * 86_400_000)
  await db
    .deleteFrom('shareLinks')
    .where(({ eb, or }) => or([eb('revokedAt', '<', end), eb('expiresAt', '<', end)]))
    .execute()
}

async function requireShareLink(db: Database, principal: KnownPrincipal, id: string) {
  const found = await db
    .selectFrom('shareLinks')
    .select(['worldId', 'label'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new NotFoundError('share link'))
  await requireWorldRole(db, principal, found.worldId, 'owner').catch(notFoundAs('share link'))
  return found
}

const shownEntity = sql<ShareLink['entity']>`case when entities.id is not null then jsonb_build_object(
  'id', entities.id, 'kind', entities.kind, 'name', entities.name, 'displayName', entities.display_name,
  'description', entities.description) end`

function selectLinks(db: Database) {
  return db
    .selectFrom('shareLinks')
    .innerJoin('users', 'users.id', 'shareLinks.createdBy')
    .innerJoin('worlds', 'worlds.id', 'shareLinks.worldId')
    .leftJoin('entities', 'entities.id', 'shareLinks.entityId')
    .select([
      'shareLinks.id',
      'shareLinks.worldId',
      'shareLinks.label',
      'shareLinks.maxUses',
      'shareLinks.useCount',
      'shareLinks.createdAt',
      'shareLinks.expiresAt',
      'shareLinks.revokedAt',
      'users.displayName as createdBy',
    ])
    .select((eb) => [
      shownEntity.as('entity'),
      eb
        .selectFrom('shareVisits')
        .whereRef('shareVisits.shareLinkId', '=', 'shareLinks.id')
        .select(({ fn }) => fn.max('openedAt').as('openedAt'))
        .$asScalar()
        .$castTo<Date | null>()
        .as('lastOpenedAt'),
      sql<boolean>`${holds}
        and worlds.deleted_at is null and entities.deleted_at is null`.as('isOpen'),
    ])
}

async function findOpen(db: Database, token: string, hold = false): Promise<ShownShareLink> {
  if (!isSecretToken(token)) throw new NotFoundError('share link')
  const query = db
    .selectFrom('shareLinks')
    .innerJoin('worlds', 'worlds.id', 'shareLinks.worldId')
    .innerJoin('users', 'users.id', 'shareLinks.createdBy')
    .leftJoin('entities', 'entities.id', 'shareLinks.entityId')
    .where('shareLinks.tokenHash', '=', hashSecretToken(token))
    .where(holds)
    .where('worlds.deletedAt', 'is', null)
    .where('entities.deletedAt', 'is', null)
    .select([
      'shareLinks.id',
      'shareLinks.worldId',
      'worlds.displayName as worldName',
      'users.displayName as createdBy',
      'shareLinks.expiresAt',
      shownEntity.as('entity'),
      sql<boolean>`share_links.max_uses is not null`.as('isCounted'),
      sql<boolean>`coalesce(share_links.use_count >= share_links.max_uses, false)`.as('isUsedUp'),
    ])
  return await (hold ? query.forUpdate('shareLinks') : query).executeTakeFirstOrThrow(
    () => new NotFoundError('share link'),
  )
}

import {
  type Actor,
  createSecretToken,
  hashSecretToken,
  isSecretToken,
  type KnownPrincipal,
  letters,
  type Post as MailPost,
  recordEvent,
} from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { ConflictError, type invitationCreateInput, maxInvitations, NotFoundError, worldRoles } from '@worldloom/schema'
import type { z } from 'zod'
import { recordChanges } from '../changes/record.ts'
import type { Writer } from '../writer.ts'
import { requireWorldRole } from './authorize.ts'
import { memberChange } from './members.ts'
import { findWorldById } from './read.ts'

interface Post {
  readonly mailer: Pick<MailPost, 'delivers' | 'send'>
  readonly publicUrl: string
}

/**
 * Creates a link for joining a world, and mails it if an address is given and mail can be sent. Only its hash is
 * stored, so this is the only time that the link is returned.
 *
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {ConflictError} if there are too many
 */
export async function createInvitation(
  db: Database,
  { mailer, publicUrl }: Post,
  actor: Actor,
  principal: KnownPrincipal,
  input: z.output<typeof invitationCreateInput>,
) {
  const { worldId, role, email, maxUses, expiresInDays } = input
  const token = createSecretToken()
  const link = `${publicUrl}/join?token=${token}`
  const mailed = email !== undefined && mailer.delivers
  return await inTransaction(db, async (trx) => {
    const world = await requireWorldRole(trx, principal, worldId, 'owner')
    const open = await selectOpen(trx, worldId).execute()
    if (open.length >= maxInvitations) {
      throw new ConflictError(`This world already has ${maxInvitations} open invitations. Revoke some first.`)
    }
    const { id } = await trx
      .insertInto('invitations')
      .values({
        worldId,
        role,
        email: email ?? null,
        tokenHash: hashSecretToken(token),
        invitedBy: principal.user.id,
        maxUses,
        expiresAt: new Date(Date.now() + expiresInDays * 86_400_000),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordEvent(trx, actor, {
      action: 'member.invite',
      subject: { kind: 'world', id: worldId, name: world.displayName },
      details: { invitationId: id, role, email: email ?? null, maxUses },
    })
    const made = await selectOpen(trx, worldId).where('invitations.id', '=', id).executeTakeFirstOrThrow()
    if (mailed) await mailer.send(trx, letters.invitation(email, world.displayName, principal.user.displayName, link))
    return { ...made, link, mailed }
  })
}

/** The invitations of a world that can still be used, for its owner. @throws {NotFoundError | RoleTooLowError} */
export async function listInvitations(db: Database, principal: KnownPrincipal, worldId: string) {
  await requireWorldRole(db, principal, worldId, 'owner')
  return { items: await selectOpen(db, worldId).orderBy('invitations.id', 'desc').execute() }
}

/** @throws {NotFoundError | RoleTooLowError} */
export async function revokeInvitation(
  db: Database,
  actor: Actor,
  principal: KnownPrincipal,
  id: string,
): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const { worldId, email } = await trx
      .selectFrom('invitations')
      .select(['worldId', 'email'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(noInvitation)
    try {
      await requireWorldRole(trx, principal, worldId, 'owner')
    } catch (error) {
      // A world that the caller can't see has no invitations either.
      throw error instanceof NotFoundError ? noInvitation() : error
    }
    await trx.deleteFrom('invitations').where('id', '=', id).execute()
    await recordEvent(trx, actor, {
      action: 'member.revokeInvitation',
      subject: { kind: 'world', id: worldId },
      details: { invitationId: id, email },
    })
    return { id }
  })
}

/** What an invitation link is for. @throws {NotFoundError | ConflictError} */
export async function showInvitation(db: Database, principal: KnownPrincipal, token: string) {
  const { worldId, worldName, role, invitedBy, expiresAt } = await findInvitation(db, token)
  const currentRole = await roleIn(db, worldId, principal.user.id)
  return { worldId, worldName, role, invitedBy, expiresAt, currentRole }
}

/**
 * Joins a world by a link. A member gets the invitation's role if it is higher.
 *
 * @throws {NotFoundError} for an unknown or revoked link
 * @throws {ConflictError} if the link is used up or expired, or would not raise the member's role
 */
export async function acceptInvitation(db: Database, { actor, principal }: Writer, token: string) {
  return await inTransaction(db, async (trx) => {
    const { id, worldId, worldName, role } = await findInvitation(trx, token, true)
    const current = await roleIn(trx, worldId, principal.user.id)
    if (current && worldRoles.indexOf(current) >= worldRoles.indexOf(role)) {
      throw new ConflictError(`You are already ${current === 'owner' ? 'its owner' : 'a member of this world'}.`)
    }
    await trx
      .insertInto('worldMembers')
      .values({ worldId, userId: principal.user.id, role })
      .onConflict((conflict) => conflict.columns(['worldId', 'userId']).doUpdateSet({ role }))
      .execute()
    await trx
      .updateTable('invitations')
      .set((eb) => ({ useCount: eb('useCount', '+', 1) }))
      .where('id', '=', id)
      .execute()
    await recordEvent(trx, actor, {
      action: 'member.join',
      subject: { kind: 'world', id: worldId, name: worldName },
      details: { invitationId: id, role },
    })
    const member = { userId: principal.user.id, displayName: principal.user.displayName, role: current ?? role }
    await recordChanges(trx, actor, worldId, [memberChange(current ? 'update' : 'create', member)])
    return await findWorldById(trx, principal, worldId)
  })
}

export async function deleteOldInvitations(db: Database): Promise<void> {
  await db
    .deleteFrom('invitations')
    .where('expiresAt', '<', new Date(Date.now() - 30 * 86_400_000))
    .execute()
}

function selectOpen(db: Database, worldId: string) {
  return db
    .selectFrom('invitations')
    .innerJoin('users', 'users.id', 'invitations.invitedBy')
    .where('invitations.worldId', '=', worldId)
    .where('invitations.expiresAt', '>', new Date())
    .whereRef('invitations.useCount', '<', 'invitations.maxUses')
    .select([
      'invitations.id',
      'invitations.worldId',
      'invitations.role',
      'invitations.email',
      'invitations.maxUses',
      'invitations.useCount',
      'invitations.createdAt',
      'invitations.expiresAt',
      'users.displayName as invitedBy',
    ])
}

async function findInvitation(db: Database, token: string, hold = false) {
  if (!isSecretToken(token)) throw noInvitation()
  const query = db
    .selectFrom('invitations')
    .innerJoin('worlds', 'worlds.id', 'invitations.worldId')
    .innerJoin('users', 'users.id', 'invitations.invitedBy')
    .where('invitations.tokenHash', '=', hashSecretToken(token))
    .where('worlds.deletedAt', 'is', null)
    .select([
      'invitations.id',
      'invitations.worldId',
      'invitations.role',
      'invitations.useCount',
      'invitations.maxUses',
      'invitations.expiresAt',
      'worlds.displayName as worldName',
      'users.displayName as invitedBy',
    ])
  const found = await (hold ? query.forUpdate('invitations') : query).executeTakeFirstOrThrow(noInvitation)
  if (found.expiresAt <= new Date()) throw new ConflictError('This invitation has expired. Ask for a new one.')
  if (found.useCount >= found.maxUses)
    throw new ConflictError('This invitation has already been used. Ask for a new one.')
  return found
}

async function roleIn(db: Database, worldId: string, userId: string) {
  const member = await db
    .selectFrom('worldMembers')
    .select('role')
    .where('worldId', '=', worldId)
    .where('userId', '=', userId)
    .executeTakeFirst()
  return member?.role ?? null
}

function noInvitation(): NotFoundError {
  return new NotFoundError('invitation')
}

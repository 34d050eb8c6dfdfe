import { checkAccess, type KnownPrincipal } from '@worldloom/auth'
import { type Language, type MayCall, NotFoundError, translateError, WorldloomError } from '@worldloom/schema'
import { findWorldById, requireRole, worldRoleFor } from '@worldloom/worlds'
import type { Context } from './context.ts'
import { explained } from './explained.ts'

/**
 * Whether somebody may call a procedure, without calling it: their credential and permissions, as for a call, and their role in a
 * world.
 *
 * @throws {NotFoundError} if there is no such procedure
 */
export async function mayCall(
  { db, accessOf, language }: Pick<Context, 'db' | 'accessOf' | 'language'>,
  principal: KnownPrincipal,
  { procedure, worldId }: { readonly procedure: string; readonly worldId?: string | undefined },
): Promise<MayCall> {
  const access = accessOf(procedure)
  if (!access) throw new NotFoundError('procedure')
  if (access.credentials === 'none') return { ...allowed, needs: nothing }
  const { credentials, permission = null, fresh = false } = access
  const worldRole = worldId && permission ? (access.worldRole ?? worldRoleFor(permission)) : null
  const needs = { credentials: [...credentials], permission, worldRole, fresh }
  try {
    checkAccess(principal, access)
    if (worldId) {
      const { role } = await findWorldById(db, principal, worldId)
      if (worldRole) requireRole(role, worldRole)
    }
    return { ...allowed, needs }
  } catch (error) {
    if (!(error instanceof WorldloomError)) throw error
    return { ...refused(await explained(db, error), language()), needs }
  }
}

const allowed = { may: true, message: null, reason: null }
const nothing: MayCall['needs'] = { credentials: [], permission: null, worldRole: null, fresh: false }

function refused({ message, reason }: WorldloomError, language: Language): Omit<MayCall, 'needs'> {
  const said = translateError({ message, reason }, language)
  return { may: false, message: said.message, reason: said.reason ?? reason }
}

import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { NotFoundError, RoleTooLowError, type WorldRole, worldRoles } from '@worldloom/schema'
import { requireReach } from '../reach.ts'
import { selectReadableWorlds } from './select.ts'

/** @throws {RoleTooLowError} */
export function requireRole(role: WorldRole | null, needed: WorldRole): void {
  if (!role || worldRoles.indexOf(role) < worldRoles.indexOf(needed)) throw new RoleTooLowError(needed, role)
}

/**
 * Checks the caller's role in a world before a write, and locks the world: it can't go into the trash before the
 * transaction ends.
 *
 * @throws {NotFoundError} if they can't even see it
 * @throws {RoleTooLowError}
 */
export async function requireWorldRole(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
  needed: WorldRole,
): Promise<{ readonly id: string; readonly displayName: string; readonly ownerId: string }> {
  requireReach(principal, worldId)
  const world = await selectReadableWorlds(db, principal.user.id)
    .select(['worlds.id', 'worlds.displayName', 'worlds.ownerId'])
    .where('worlds.id', '=', worldId)
    .forShare('worlds')
    .executeTakeFirstOrThrow(() => new NotFoundError('world'))
  requireRole(world.role, needed)
  return world
}

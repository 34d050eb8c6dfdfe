import type { KnownPrincipal } from '@worldloom/auth'
import { NotFoundError } from '@worldloom/schema'

/** The worlds that a caller is limited to; undefined if there is no limit. */
export function limitOf(principal: KnownPrincipal): ReadonlySet<string> | undefined {
  return principal.kind === 'apiKey' ? principal.worldIds : undefined
}

/**
 * Whether a caller can reach a world at all, as an API key can be limited to some worlds. Permissions are checked
 * separately.
 */
export function reaches(principal: KnownPrincipal, worldId: string): boolean {
  return limitOf(principal)?.has(worldId) ?? true
}

/** @throws {NotFoundError} as for a world that does not exist */
export function requireReach(principal: KnownPrincipal, worldId: string): void {
  if (!reaches(principal, worldId)) throw new NotFoundError('world')
}

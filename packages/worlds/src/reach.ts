import type { KnownPrincipal } from '@worldloom/auth'
import { NotFoundError } from '@worldloom/schema'

/** The worlds that a caller is limited to; undefined for one who is not. */
export function limitOf(principal: KnownPrincipal): ReadonlySet<string> | undefined {
  return principal.kind === 'apiKey' ? principal.worldIds : undefined
}

/** Whether a caller may look at a world at all: an API key can be limited to some. What they may do there comes after. */
export function reaches(principal: KnownPrincipal, worldId: string): boolean {
  return limitOf(principal)?.has(worldId) ?? true
}

/** @throws {NotFoundError} as for a world that there is not */
export function requireReach(principal: KnownPrincipal, worldId: string): void {
  if (!reaches(principal, worldId)) throw new NotFoundError('world')
}

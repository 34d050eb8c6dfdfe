import type { Actor, KnownPrincipal } from '@worldloom/auth'

/** Who changes something in a world: what they may do, and how the logs name them. */
export interface Writer {
  readonly principal: KnownPrincipal
  readonly actor: Actor
}

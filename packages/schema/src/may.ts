import type { ErrorReason } from './errorReason.ts'
import type { WorldRole } from './worldRole.ts'

// Plain types, which the schemas in maySchema.ts are checked against: the client package ships them without any schema.

/** Whether somebody may call a procedure, and if not, why. */
export interface MayCall {
  readonly may: boolean
  /** What the refusal would say; null if they may. */
  readonly message: string | null
  readonly reason: ErrorReason | null
  readonly needs: {
    /** The ways of being known that it takes: `session`, `bearer`, `apiKey`; none if anybody may call it. */
    readonly credentials: string[]
    readonly permission: string | null
    /** The role in the world that what it does takes there, if it is about a world. */
    readonly worldRole: WorldRole | null
    /** Whether it takes having signed in within the last ten minutes. */
    readonly fresh: boolean
  }
}

/** What a change of a role would have refused. */
export interface RoleTrial {
  /** How many days back it was looked. */
  readonly days: number
  readonly calls: number
  readonly people: number
  /** By permission that would be lost. */
  readonly items: { readonly permission: string; readonly calls: number; readonly people: number }[]
}

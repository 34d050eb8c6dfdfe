import type { Changed } from '@worldloom/client'

/** A change that this tab made. */
export interface OwnChange extends Changed {
  readonly at: number
}

/** How many of the latest changes are remembered. */
const maxKept = 200

let changes: OwnChange[] = []

/** Remembers a change. */
export function recordChange(change: Changed): void {
  changes = [...changes.slice(1 - maxKept), { ...change, at: Date.now() }]
}

/** The changes that this tab made, earliest first. */
export function ownChanges(): readonly OwnChange[] {
  return changes
}

/** Whether a request was this tab's: what it changed is shown already. */
export function isOwnRequest(requestId: string | null): boolean {
  return changes.some((change) => change.requestId === requestId)
}

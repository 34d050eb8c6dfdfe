import type { Changed } from '@worldloom/client'

/** How many of the latest changes are remembered. */
const maxKept = 200

const requestIds = new Set<string>()
const listeners = new Set<(change: Changed) => void>()

/** Remembers a change that this tab made. */
export function recordChange(change: Changed): void {
  requestIds.add(change.requestId)
  for (const id of requestIds) {
    if (requestIds.size <= maxKept) break
    requestIds.delete(id)
  }
  for (const listener of listeners) listener(change)
}

/** Whether a request was this tab's: what it changed is shown already. */
export function isOwnRequest(requestId: string | null): boolean {
  return requestId !== null && requestIds.has(requestId)
}

/** Calls a function after each change that this tab makes. */
export function onOwnChange(listener: (change: Changed) => void): void {
  listeners.add(listener)
}

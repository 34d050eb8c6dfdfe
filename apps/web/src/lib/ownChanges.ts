import type { Changed } from '@worldloom/client'

/** A change that this tab made. */
export interface OwnChange extends Changed {
  readonly at: number
  /** The same for all that was saved while one was writing, which is undone together. */
  readonly session?: object
}

/** How many of the latest changes are remembered. */
const maxKept = 200

let changes: OwnChange[] = []
/** By what is being written. */
const sessions = new Map<string, object>()

/** What is on its way to the server. */
const sending = new Set<Promise<void>>()

export function recordSending(settled: Promise<void>): void {
  sending.add(settled)
  void settled.then(() => sending.delete(settled))
}

/** Resolves once all changes are known that were made before: they are shown before the server has them. */
export async function whenSent(): Promise<void> {
  await Promise.all(sending)
}

/** Remembers a change. */
export function recordChange(change: Changed): void {
  const session = sessionOf(change)
  changes = [...changes.slice(1 - maxKept), { ...change, at: Date.now(), ...(session && { session }) }]
}

/** From now on, updates of an entry are one change, as far as undoing is concerned. @returns ends that */
export function beginSession(id: string): () => void {
  const session = {}
  sessions.set(id, session)
  return () => {
    if (sessions.get(id) === session) sessions.delete(id)
  }
}

function sessionOf({ path, input }: Changed): object | undefined {
  const id: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'id') : undefined
  return path.endsWith('.update') && typeof id === 'string' ? sessions.get(id) : undefined
}

/** The changes that this tab made, earliest first. */
export function ownChanges(): readonly OwnChange[] {
  return changes
}

/** Whether a request was this tab's: what it changed is shown already. */
export function isOwnRequest(requestId: string | null): boolean {
  return changes.some((change) => change.requestId === requestId)
}

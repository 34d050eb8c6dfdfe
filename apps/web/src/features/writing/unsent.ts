import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'
import type { Draft } from '../records/recordFields.ts'

/** What was written into an entry and is not known to be saved, and what it was written over. */
export interface Unsent {
  readonly kind: EntityKind
  readonly id: string
  readonly version: number
  /** All fields as they were in that version. */
  readonly base: Draft
  /** The fields that were changed. */
  readonly changed: Draft
}

const beingWritten = new Set<string>()

/** Whether this tab is writing an entry at the moment: it sends that itself. */
export function isBeingWritten(id: string): boolean {
  return beingWritten.has(id)
}

/** @returns says that it is no longer being written */
export function beginWriting(id: string): () => void {
  beingWritten.add(id)
  return () => beingWritten.delete(id)
}

const prefix = 'worldloom_unsent_'
const keyOf = (userId: string, id: string) => `${prefix}${userId}_${id}`

/**
 * Keeps what a user wrote in this browser until the server has it, also across restarts; undefined forgets it.
 *
 * @returns whether it is kept: storage can be full or blocked
 */
export function keepUnsent(userId: string, id: string, unsent: Unsent | undefined): boolean {
  try {
    if (unsent) localStorage.setItem(keyOf(userId, id), JSON.stringify(unsent))
    else localStorage.removeItem(keyOf(userId, id))
    return true
  } catch {
    return false
  }
}

export function keptUnsent(userId: string, id: string): Unsent | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(userId, id)) ?? 'null')
    return isUnsent(stored) ? stored : undefined
  } catch {
    // Blocked or damaged: there is nothing to send.
    return undefined
  }
}

/** Everything that a user wrote in this browser and that was not sent. */
export function allUnsent(userId: string): Unsent[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(keyOf(userId, '')))
      .flatMap((key) => keptUnsent(userId, key.slice(keyOf(userId, '').length)) ?? [])
  } catch {
    return []
  }
}

/** Forgets what anybody wrote here: who signs out leaves nothing in the browser. */
export function forgetUnsent(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {
    // Blocked: there is nothing.
  }
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== 'object' || value === null) return false
  const { kind, id, version, base, changed }: { [Name in keyof Unsent]?: unknown } = value
  return (
    typeof kind === 'string' &&
    isEntityKind(kind) &&
    typeof id === 'string' &&
    typeof version === 'number' &&
    isDraft(base) &&
    isDraft(changed)
  )
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => each === null || typeof each === 'string')
  )
}

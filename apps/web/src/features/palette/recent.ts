import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'

/** A page that was opened. Without names: these may change, and may be for those with access only. */
export interface Visit {
  readonly worldId: string
  /** Of an entry; undefined for a world. */
  readonly kind?: EntityKind
  /** Of the entry, or the world. */
  readonly id: string
}

const most = 8
const storageKey = (userId: string) => `worldloom_recent_${userId}`

/** The pages that a user opened last in this browser, the latest first. */
export function recentVisits(userId: string): readonly Visit[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(userId)) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isVisit).slice(0, most) : []
  } catch {
    // Storage that is blocked or damaged: nothing is recent.
    return []
  }
}

export function rememberVisit(userId: string, visit: Visit): void {
  const others = recentVisits(userId).filter(({ id }) => id !== visit.id)
  try {
    localStorage.setItem(storageKey(userId), JSON.stringify([visit, ...others].slice(0, most)))
  } catch {
    // Storage that is blocked or full: the palette works without.
  }
}

function isVisit(value: unknown): value is Visit {
  if (typeof value !== 'object' || value === null) return false
  const { worldId, kind, id }: { worldId?: unknown; kind?: unknown; id?: unknown } = value
  return (
    typeof worldId === 'string' &&
    typeof id === 'string' &&
    (kind === undefined || (typeof kind === 'string' && isEntityKind(kind)))
  )
}

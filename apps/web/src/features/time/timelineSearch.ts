import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'

/** The filters of the timeline, as in the URL. */
export interface TimelineSearch {
  /** Dates as they are stored. */
  from?: string | undefined
  to?: string | undefined
  kind?: EntityKind | undefined
}

export function readTimelineSearch({ from, to, kind }: Record<string, unknown>): TimelineSearch {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)
  return {
    ...(text(from) && { from: text(from) }),
    ...(text(to) && { to: text(to) }),
    ...(typeof kind === 'string' && isEntityKind(kind) && { kind }),
  }
}

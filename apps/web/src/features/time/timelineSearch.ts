import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'

/** What the lanes of the picture are; each kind is one, if omitted. */
export type LaneOf = 'persona' | 'location' | 'story'
const laneKinds: readonly unknown[] = ['persona', 'location', 'story'] satisfies LaneOf[]

export function isLaneOf(lanes: unknown): lanes is LaneOf {
  return laneKinds.includes(lanes)
}

/** The filters of the timeline, as in the URL. */
export interface TimelineSearch {
  /** Dates as they are stored. */
  from?: string | undefined
  to?: string | undefined
  kind?: EntityKind | undefined
  lanes?: LaneOf | undefined
  view?: 'list' | undefined
}

export function readTimelineSearch({ from, to, kind, lanes, view }: Record<string, unknown>): TimelineSearch {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)
  return {
    ...(text(from) && { from: text(from) }),
    ...(text(to) && { to: text(to) }),
    ...(typeof kind === 'string' && isEntityKind(kind) && { kind }),
    ...(isLaneOf(lanes) && { lanes }),
    ...(view === 'list' && { view }),
  }
}

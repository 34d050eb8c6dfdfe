import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'

/** What the lanes of the picture are. */
export const laneLabels = {
  kind: 'Kinds',
  persona: 'Personas',
  location: 'Locations',
  story: 'Stories',
} as const
export type LaneOf = keyof typeof laneLabels

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
    ...(typeof lanes === 'string' && lanes in laneLabels && { lanes: lanes as LaneOf }), // just checked
    ...(view === 'list' && { view }),
  }
}

import type { EntityKind } from '@worldloom/schema'
import type { RouterOutputs } from '../../lib/api.ts'
import { capitalized, kinds } from '../../lib/kinds.ts'
import * as common from '../../ui/words.ts'
import type { LaneOf } from './timelineSearch.ts'

export type TimelineItem = RouterOutputs['timeline']['list']['items'][number]
type StructureEdge = Pick<RouterOutputs['graph']['world']['edges'][number], 'fromId' | 'toId' | 'structure'>

/** Something in the picture: a moment, or what lasts from one date to another. */
export interface Bar {
  readonly id: string
  readonly label: string
  /** Its dates in the words of the world. */
  readonly when: string
  /** Undefined for a link. */
  readonly kind: EntityKind | undefined
  /** The entry whose page it leads to. */
  readonly entryId: string
  readonly entryKind: EntityKind
  /** The days that it covers. */
  readonly from: number
  readonly to: number
  /** Whether it has no known beginning, or end. */
  readonly isOpen: { readonly before: boolean; readonly after: boolean }
  readonly isMoment: boolean
  /** The date of a moment, as it is stored. */
  readonly date: string | undefined
}

/** One bar for everything that has dates: a life from birth to death, a link from its beginning to its end. */
export function barsOf(items: readonly TimelineItem[]): Bar[] {
  const groups = Map.groupBy(items, ({ entry, link, field, marks }) =>
    marks === 'moment' ? `${entry?.id ?? link?.id} ${field}` : (entry?.id ?? link?.id ?? ''),
  )
  return [...groups].flatMap(([id, group]): Bar[] => {
    const [first] = group
    const entry = first?.entry ?? first?.link?.from
    if (!first || !entry) return []
    const begin = group.find(({ marks }) => marks !== 'end')
    const end = group.find(({ marks }) => marks !== 'begin')
    const { link } = first
    return [
      {
        id,
        label: link ? `${link.from.displayName} ${link.label} ${link.to.displayName}` : entry.displayName,
        when: [...new Set(group.map(({ text }) => text))].join(' – '),
        kind: link ? undefined : entry.kind,
        entryId: entry.id,
        entryKind: entry.kind,
        from: begin?.begins ?? end?.begins ?? 0,
        to: end?.ends ?? begin?.ends ?? 0,
        isOpen: { before: !begin, after: !end },
        isMoment: first.marks === 'moment',
        date: first.marks === 'moment' ? first.date : undefined,
      },
    ]
  })
}

export interface Lane {
  readonly label: string
  readonly bars: readonly Bar[]
}

/** The bars by what they are about. A scene is in the lane of each that is in it. */
export function lanesOf(
  bars: readonly Bar[],
  by: LaneOf | undefined,
  edges: readonly StructureEdge[],
  names: ReadonlyMap<string, string>,
): Lane[] {
  if (!by) {
    // What is told first, then what it is told of.
    const others = Object.values(kinds).flatMap(({ kind }) => (kind === 'scene' ? [] : [kind]))
    const shown: readonly (EntityKind | undefined)[] = ['scene', ...others, undefined]
    return shown
      .map((kind) => ({
        label: kind ? capitalized(kinds[kind].wording.many) : common.links,
        bars: bars.filter((bar) => bar.kind === kind),
      }))
      .filter((lane) => lane.bars.length > 0)
  }
  const keys = keysOf(by, edges)
  const lanes = new Map<string, Bar[]>()
  for (const bar of bars) {
    const own = bar.kind === by ? [bar.entryId] : bar.kind === 'scene' ? (keys.get(bar.entryId) ?? []) : []
    for (const key of own) lanes.set(key, [...(lanes.get(key) ?? []), bar])
  }
  return [...lanes]
    .map(([key, all]) => ({
      label: names.get(key) ?? all.find(({ entryId }) => entryId === key)?.label ?? '…',
      bars: all,
    }))
    .sort((one, other) => other.bars.length - one.bars.length || one.label.localeCompare(other.label))
}

/** The personas, locations or stories of each scene. */
function keysOf(by: LaneOf, edges: readonly StructureEdge[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const add = (sceneId: string, key: string) => found.set(sceneId, [...(found.get(sceneId) ?? []), key])
  const storyOfAct = new Map(
    edges.flatMap(({ structure, fromId, toId }) => (structure === 'act' ? [[toId, fromId]] : [])),
  )
  for (const { structure, fromId, toId } of edges) {
    if (by === 'persona' && structure === 'cast') add(fromId, toId)
    if (by === 'location' && structure === 'place') add(fromId, toId)
    if (by === 'story' && structure === 'scene') add(toId, storyOfAct.get(fromId) ?? fromId)
  }
  return found
}

/**
 * Puts the bars of a lane into as few rows as there can be without one covering another, or its label.
 *
 * @param extentOf where a bar begins and ends with its label, in pixels
 * @returns the row of each
 */
export function rowsOf(
  bars: readonly Bar[],
  extentOf: (bar: Bar) => readonly [number, number],
): ReadonlyMap<Bar, number> {
  const ends: number[] = []
  const inOrder = bars
    .map((bar) => ({ bar, extent: extentOf(bar) }))
    .sort((one, other) => one.extent[0] - other.extent[0])
  return new Map(
    inOrder.map(({ bar, extent: [start, end] }) => {
      const free = ends.findIndex((taken) => taken <= start)
      const row = free === -1 ? ends.length : free
      ends[row] = end
      return [bar, row]
    }),
  )
}

import type { HistoryItem } from '../../lib/api.ts'
import { isDay } from '../../lib/day.ts'
import { kinds } from '../../lib/kinds.ts'

/** The filters of a world's activity, as in the URL. */
export interface ActivitySearch {
  kind?: HistoryItem['kind'] | undefined
  /** A user's id. */
  by?: string | undefined
  /** Days, such as 2027-01-31. */
  from?: string | undefined
  to?: string | undefined
}

export function readActivitySearch({ kind, by, from, to }: Record<string, unknown>): ActivitySearch {
  return {
    ...(isChangedKind(kind) && { kind }),
    ...(typeof by === 'string' && { by }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  }
}

/** What is changed in a world besides entries. */
const others: readonly string[] = ['world', 'member', 'tag', 'linkKind', 'link', 'finding', 'map', 'marker']

export function isChangedKind(value: unknown): value is HistoryItem['kind'] {
  return typeof value === 'string' && (value in kinds || others.includes(value))
}

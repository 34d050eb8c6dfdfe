import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'

/** Where edges of the graph come from. */
export type EdgeSource = 'link' | 'mention' | 'structure'
const edgeSources: readonly unknown[] = ['link', 'mention', 'structure'] satisfies EdgeSource[]

export function isEdgeSource(source: unknown): source is EdgeSource {
  return edgeSources.includes(source)
}

/** The parameters of the page of connections, as in the URL. */
export interface GraphSearch {
  /** The entry in the middle; the most connected of the world, if omitted. */
  around?: string | undefined
  depth?: 1 | 2 | 3 | undefined
  /** The kinds that are left out. */
  without?: EntityKind[] | undefined
  /** Only edges from there. */
  source?: EdgeSource | undefined
  /** Only links of this kind. */
  linkKind?: string | undefined
  /** Only entries with this tag. */
  tag?: string | undefined
  view?: 'list' | undefined
  /** Whether as much as there can be is shown. */
  all?: true | undefined
}

export function readGraphSearch(search: Record<string, unknown>): GraphSearch {
  const { around, depth, without, source, linkKind, tag, view, all } = search
  const kinds = Array.isArray(without) ? without.filter((kind) => typeof kind === 'string' && isEntityKind(kind)) : []
  return {
    ...(typeof around === 'string' && { around }),
    ...((depth === 1 || depth === 2 || depth === 3) && { depth }),
    ...(kinds.length > 0 && { without: kinds }),
    ...(isEdgeSource(source) && { source }),
    ...(typeof linkKind === 'string' && { linkKind }),
    ...(typeof tag === 'string' && { tag }),
    ...(view === 'list' && { view }),
    ...(all === true && { all }),
  }
}

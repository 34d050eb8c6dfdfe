import type { EntityKind } from '@worldloom/schema'
import { isEntityKind } from '../../lib/kinds.ts'

/** The parameters of the search page, as in the URL. */
export interface WorldSearch {
  q?: string | undefined
  kind?: EntityKind | undefined
  /** A tag's id. */
  tag?: string | undefined
}

export function readWorldSearch({ q, kind, tag }: Record<string, unknown>): WorldSearch {
  return {
    ...((typeof q === 'string' || typeof q === 'number') && { q: String(q) }),
    ...(typeof kind === 'string' && isEntityKind(kind) && { kind }),
    ...(typeof tag === 'string' && { tag }),
  }
}

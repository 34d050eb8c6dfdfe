import type { EntityKind } from '@worldloom/schema'
import type { Layout } from '../entities/entitiesSearch.ts'

const key = (kind: EntityKind) => `layout:${kind}`

/** How a kind was looked at last in this browser. */
export function usualLayout(kind: EntityKind): Layout {
  const kept = localStorage.getItem(key(kind))
  if (kept === 'list' || kept === 'table' || kept === 'cards') return kept
  return kind === 'image' ? 'cards' : 'list'
}

export function keepLayout(kind: EntityKind, layout: Layout): void {
  localStorage.setItem(key(kind), layout)
}

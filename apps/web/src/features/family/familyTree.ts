/** Who is whose parent, by ids. */
export interface Parentage {
  readonly parentId: string
  readonly childId: string
}

/** Where a person is in the tree: generations from the oldest on, and places from left to right, in widths of a person. */
export interface Placed {
  readonly id: string
  readonly generation: number
  readonly place: number
}

/**
 * Puts everybody one generation below their youngest parent, and beside those with whom they have children; children are
 * below their parents. A circle, which can only come from outside, is cut where it closes.
 */
export function placeFamily(ids: readonly string[], parentage: readonly Parentage[]): Placed[] {
  const parentsOf = groupBy(
    parentage,
    ({ childId }) => childId,
    ({ parentId }) => parentId,
  )
  const childrenOf = groupBy(
    parentage,
    ({ parentId }) => parentId,
    ({ childId }) => childId,
  )
  const generations = new Map<string, number>()
  const generationOf = (id: string, path: ReadonlySet<string>): number => {
    const known = generations.get(id)
    if (known !== undefined) return known
    const parents = (parentsOf.get(id) ?? []).filter((parent) => !path.has(parent))
    const generation = Math.max(-1, ...parents.map((parent) => generationOf(parent, new Set([...path, id])))) + 1
    generations.set(id, generation)
    return generation
  }
  for (const id of ids) generationOf(id, new Set([id]))
  // Whoever has a child with somebody is beside them, also without parents of their own, but above all their children.
  for (const parents of parentsOf.values()) {
    const youngest = Math.max(...parents.map((id) => generations.get(id) ?? 0))
    for (const id of parents) {
      if (parentsOf.has(id)) continue
      const above = Math.min(...(childrenOf.get(id) ?? []).map((child) => generations.get(child) ?? 0)) - 1
      generations.set(id, Math.max(generations.get(id) ?? 0, Math.min(youngest, above)))
    }
  }
  const rows: string[][] = []
  for (const id of ids) {
    const generation = generations.get(id) ?? 0
    rows[generation] = [...(rows[generation] ?? []), id]
  }
  const places = new Map<string, number>()
  const middle = (of: readonly string[]) => of.reduce((sum, id) => sum + (places.get(id) ?? 0), 0) / of.length
  for (const row of rows) {
    if (!row) continue
    const wanted = new Map(
      row.map((id, index) => {
        const parents = parentsOf.get(id) ?? []
        // Those who married in come with their partner.
        const partners = (childrenOf.get(id) ?? []).flatMap((child) => parentsOf.get(child) ?? [])
        const theirs = partners.flatMap((partner) => parentsOf.get(partner) ?? [])
        return [id, parents.length > 0 ? middle(parents) : theirs.length > 0 ? middle(theirs) + 0.1 : index] as const
      }),
    )
    let next = 0
    for (const id of row.toSorted((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0))) {
      const place = Math.max(next, wanted.get(id) ?? 0)
      places.set(id, place)
      next = place + 1
    }
  }
  return ids.map((id) => ({ id, generation: generations.get(id) ?? 0, place: places.get(id) ?? 0 }))
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string, idOf: (item: Item) => string) {
  const groups = new Map<string, string[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), idOf(item)])
  return groups
}

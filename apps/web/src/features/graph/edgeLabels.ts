import type { RouterOutputs } from '../../lib/api.ts'
import { structures } from '../connections/words.ts'
import * as words from './words.ts'

export type Graph = RouterOutputs['graph']['world']
export type GraphNode = Graph['nodes'][number]
export type GraphEdge = Graph['edges'][number]

/** How an edge reads from its first entry to its second, and back. */
export type EdgeLabel = readonly [out: string, back: string]
export type LinkLabels = ReadonlyMap<string, EdgeLabel>

export function linkLabelsOf(
  all: readonly { readonly id: string; readonly name: string; readonly inverseName: string }[],
): LinkLabels {
  return new Map(all.map(({ id, name, inverseName }) => [id, [name, inverseName]]))
}

export function edgeLabel({ linkKindId, structure }: GraphEdge, links: LinkLabels): EdgeLabel {
  return (
    (linkKindId && links.get(linkKindId)) ||
    (structure && structures[structure]) || [words.mentionsIt, words.isMentionedIn]
  )
}

/** What an entry is connected with, and how. */
export interface Connected {
  readonly label: string
  readonly other: GraphNode
}

/** What each entry is connected with, by its id. */
export function connectionsOf({ nodes, edges }: Graph, links: LinkLabels): ReadonlyMap<string, readonly Connected[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const found = new Map<string, Connected[]>()
  const add = (id: string, label: string, otherId: string) => {
    const other = byId.get(otherId)
    if (!other) return
    const known = found.get(id)
    if (known) known.push({ label, other })
    else found.set(id, [{ label, other }])
  }
  for (const edge of edges) {
    const [out, back] = edgeLabel(edge, links)
    add(edge.fromId, out, edge.toId)
    add(edge.toId, back, edge.fromId)
  }
  return found
}

/** The shortest way from one entry to another, both included; undefined if the graph has none. */
export function pathBetween(
  connections: ReadonlyMap<string, readonly Connected[]>,
  fromId: string,
  toId: string,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[fromId, undefined]])
  const waiting = [fromId]
  for (const id of waiting) {
    if (id === toId) break
    for (const { other } of connections.get(id) ?? []) {
      if (cameFrom.has(other.id)) continue
      cameFrom.set(other.id, id)
      waiting.push(other.id)
    }
  }
  if (!cameFrom.has(toId)) return undefined
  const path: string[] = []
  for (let id: string | undefined = toId; id !== undefined; id = cameFrom.get(id)) path.unshift(id)
  return path
}

import { expect, test } from 'vitest'
import { strandsOf } from '../src/features/graph/drawing.ts'
import { connectionsOf, type Graph, linkLabelsOf, pathBetween } from '../src/features/graph/edgeLabels.ts'

const node = (id: string): Graph['nodes'][number] => ({
  ...{ id, kind: 'persona', name: id, displayName: id, isPlaceholder: false, degree: 1, distance: 0, isOver: false },
})
const edge = (fromId: string, toId: string, linkKindId: string | null = null): Graph['edges'][number] => ({
  ...{ fromId, toId, linkKindId, source: linkKindId ? 'link' : 'mention', linkId: null, structure: null },
})
const graph: Graph = {
  nodes: ['a', 'b', 'c', 'd', 'e', 'alone'].map(node),
  edges: [edge('a', 'b', 'mother'), edge('b', 'c'), edge('c', 'd'), edge('d', 'e'), edge('a', 'e'), edge('e', 'gone')],
  isCut: false,
}
const connections = connectionsOf(graph, linkLabelsOf([{ id: 'mother', name: 'mother of', inverseName: 'child of' }]))

test('each end says how it is connected with the other', () => {
  expect(connections.get('b')?.map(({ label, other }) => `${label} ${other.id}`)).toEqual(['child of a', 'mentions c'])
  // What is not shown is not named.
  expect(connections.get('e')?.map(({ other }) => other.id)).toEqual(['d', 'a'])
})

test('the path between two is the shortest, in both directions', () => {
  expect(pathBetween(connections, 'b', 'e')).toEqual(['b', 'a', 'e'])
  expect(pathBetween(connections, 'e', 'b')).toEqual(['e', 'a', 'b'])
  expect(pathBetween(connections, 'a', 'alone')).toBeUndefined()
})

test('edges that look alike are drawn together, and what stands out on top of the others', () => {
  const indexes = new Map(graph.nodes.map(({ id }, index) => [id, index]))
  const strands = strandsOf(graph.edges, indexes, new Set(['a', 'b', 'c']), ['c', 'b'])
  expect(strands).toEqual([
    { isLit: false, isOnPath: false, isMention: true, ends: [2, 3, 3, 4, 0, 4] },
    { isLit: true, isOnPath: false, isMention: false, ends: [0, 1] },
    { isLit: true, isOnPath: true, isMention: true, ends: [1, 2] },
  ])
  // Without anything chosen, all of them do.
  expect(strandsOf(graph.edges, indexes, undefined, []).every(({ isLit }) => isLit)).toBe(true)
})

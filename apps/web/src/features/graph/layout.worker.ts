import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force'

/** What the page asks of the layout. */
export type LayoutRequest =
  | {
      readonly type: 'begin'
      readonly radii: readonly number[]
      readonly links: readonly (readonly [number, number])[]
    }
  /** Holds a node at a place, or lets it go. */
  | { readonly type: 'hold'; readonly index: number; readonly at: readonly [number, number] | null }

/** The places of all nodes: x, y, x, y, … */
export interface LayoutAnswer {
  readonly places: Float32Array<ArrayBuffer>
  /** Whether they will not change any more by themselves. */
  readonly isSettled: boolean
}

interface Node extends SimulationNodeDatum {
  readonly radius: number
}

/** Nodes are sent at most so often. */
const interval = 30

const simulation = forceSimulation<Node>([]).stop()
let nodes: Node[] = []
let isRunning = false

function step(): void {
  const until = performance.now() + interval
  do simulation.tick()
  while (simulation.alpha() > simulation.alphaMin() && performance.now() < until)
  const places = new Float32Array(nodes.length * 2)
  for (const [index, { x = 0, y = 0 }] of nodes.entries()) places.set([x, y], index * 2)
  const isSettled = simulation.alpha() <= simulation.alphaMin()
  const answer: LayoutAnswer = { places, isSettled }
  self.postMessage(answer, { transfer: [places.buffer] })
  isRunning = !isSettled
  if (isRunning) setTimeout(step)
}

self.addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  if (data.type === 'begin') {
    nodes = data.radii.map((radius) => ({ radius }))
    simulation
      .nodes(nodes)
      .force(
        'link',
        forceLink<Node, { source: number; target: number }>(
          data.links.map(([source, target]) => ({ source, target })),
        ).distance(70),
      )
      .force('charge', forceManyBody<Node>().strength(-220).distanceMax(700))
      .force(
        'collide',
        forceCollide<Node>(({ radius }) => radius + 6),
      )
      // Keeps what is connected with nothing in sight.
      .force('x', forceX<Node>().strength(0.04))
      .force('y', forceY<Node>().strength(0.06))
      .alpha(1)
  } else {
    const node = nodes[data.index]
    if (!node) return
    ;[node.fx, node.fy] = data.at ?? [null, null]
    simulation.alphaTarget(data.at ? 0.2 : 0).alpha(Math.max(simulation.alpha(), 0.2))
  }
  if (!isRunning) setTimeout(step)
  isRunning = true
})

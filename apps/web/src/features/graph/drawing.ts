import type { EntityKind } from '@worldloom/schema'
import type { GraphEdge, GraphNode } from './edgeLabels.ts'

/** A graph with its places, and what of it stands out. */
export interface Drawing {
  readonly nodes: readonly GraphNode[]
  readonly strands: readonly Strand[]
  /** x, y, x, y, … */
  readonly places: Float32Array
  /** What stands out, if anything: all else is pale. */
  readonly lit: ReadonlySet<string> | undefined
  /** The entries of a path, in its order. */
  readonly path: readonly string[]
  readonly selected: string | undefined
  readonly colors: Colors
  /** Whether it is being moved, or moves by itself: what takes long to draw is left out. */
  readonly isMoving: boolean
}

/** Edges that are drawn alike: one after the other they take several times as long. */
export interface Strand {
  readonly isLit: boolean
  readonly isOnPath: boolean
  readonly isMention: boolean
  /** The nodes at their ends, by index: from, to, from, to, … */
  readonly ends: readonly number[]
}

export type Colors = Readonly<Record<EntityKind | 'ink' | 'soft' | 'line' | 'page' | 'accent', string>>

/** The part of the plane that is shown: as d3-zoom has it. */
export interface Part {
  readonly x: number
  readonly y: number
  readonly k: number
}

export function radiusOf({ degree }: GraphNode): number {
  return 4 + Math.min(14, 1.6 * Math.sqrt(degree))
}

const pale = 0.14

/** The edges of a graph by how they are drawn. Worked out when that changes, not for each frame. */
export function strandsOf(
  edges: readonly GraphEdge[],
  indexes: ReadonlyMap<string, number>,
  lit: ReadonlySet<string> | undefined,
  path: readonly string[],
): readonly Strand[] {
  const steps = new Set(path.slice(1).flatMap((id, index) => [`${path[index]} ${id}`, `${id} ${path[index]}`]))
  const strands = new Map<string, Strand & { readonly ends: number[] }>()
  for (const { fromId, toId, source } of edges) {
    const [from, to] = [indexes.get(fromId), indexes.get(toId)]
    if (from === undefined || to === undefined) continue
    const drawn = {
      isLit: !lit || (lit.has(fromId) && lit.has(toId)),
      isOnPath: steps.has(`${fromId} ${toId}`),
      isMention: source === 'mention',
    }
    const key = Object.values(drawn).join()
    const strand = strands.get(key) ?? { ...drawn, ends: [] }
    strand.ends.push(from, to)
    strands.set(key, strand)
  }
  // What stands out is on top.
  return [...strands.values()].sort((one, other) => weightOf(one) - weightOf(other))
}

function weightOf({ isLit, isOnPath }: Strand): number {
  return Number(isLit) + 2 * Number(isOnPath)
}

function placeAt({ places }: Drawing, index: number): readonly [number, number] {
  return [places[2 * index] ?? 0, places[2 * index + 1] ?? 0]
}

/** So many edges are drawn in one stroke: a longer one takes longer than two. */
const perStroke = 100

function drawStrand(
  context: CanvasRenderingContext2D,
  { ends, isLit, isMention, isOnPath }: Strand,
  { places, colors, lit, isMoving }: Drawing,
  { x, y, k }: Part,
  width: number,
  height: number,
) {
  context.globalAlpha = isOnPath ? 1 : isLit ? (lit ? 0.9 : 0.45) : pale
  context.strokeStyle = isOnPath ? colors.accent : colors.line
  context.lineWidth = (isOnPath ? 3 : 1.2) / Math.sqrt(k)
  context.setLineDash(isMention && !isMoving ? [4, 4] : [])
  const [left, top, right, bottom] = [-x / k, -y / k, (width - x) / k, (height - y) / k]
  context.beginPath()
  for (let index = 0, drawn = 0; index < ends.length; index += 2) {
    const [from = 0, to = 0] = [ends[index], ends[index + 1]]
    const [fromX = 0, fromY = 0] = [places[2 * from], places[2 * from + 1]]
    const [toX = 0, toY = 0] = [places[2 * to], places[2 * to + 1]]
    const isBeside = (fromX < left && toX < left) || (fromX > right && toX > right)
    if (isBeside || (fromY < top && toY < top) || (fromY > bottom && toY > bottom)) continue
    context.moveTo(fromX, fromY)
    context.lineTo(toX, toY)
    if (++drawn % perStroke !== 0) continue
    context.stroke()
    context.beginPath()
  }
  context.stroke()
}

/** The nodes that look alike, by index. */
function alike({ nodes, lit, selected }: Drawing): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const [index, { id, kind, isPlaceholder }] of nodes.entries()) {
    const key = [!lit || lit.has(id), id === selected, isPlaceholder, kind].join()
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  }
  return groups
}

function drawNodes(context: CanvasRenderingContext2D, drawing: Drawing, part: Part, width: number, height: number) {
  const { colors, lit, nodes, places, selected } = drawing
  for (const group of alike(drawing).values()) {
    const one = nodes[group[0] ?? -1]
    if (!one) continue
    context.beginPath()
    for (const index of group) {
      const [x = 0, y = 0] = [places[2 * index], places[2 * index + 1]]
      const radius = radiusOf(nodes[index] ?? one)
      const [shownX, shownY, shown] = [x * part.k + part.x, y * part.k + part.y, radius * part.k]
      if (shownX < -shown || shownY < -shown || shownX > width + shown || shownY > height + shown) continue
      context.moveTo(x + radius, y)
      context.arc(x, y, radius, 0, 2 * Math.PI)
    }
    context.globalAlpha = !lit || lit.has(one.id) ? 1 : pale
    context.fillStyle = one.isPlaceholder ? colors.page : colors[one.kind]
    context.fill()
    context.lineWidth = one.id === selected ? 3 : one.isPlaceholder ? 2 : 1.5
    context.strokeStyle = one.id === selected ? colors.ink : one.isPlaceholder ? colors[one.kind] : colors.page
    context.stroke()
  }
}

/** Draws onto a canvas, in CSS pixels. */
export function drawGraph(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  part: Part,
  width: number,
  height: number,
) {
  context.save()
  context.clearRect(0, 0, width, height)
  context.translate(part.x, part.y)
  context.scale(part.k, part.k)
  for (const strand of drawing.strands) drawStrand(context, strand, drawing, part, width, height)
  context.setLineDash([])
  drawNodes(context, drawing, part, width, height)
  drawNames(context, drawing, part, width, height)
  context.restore()
}

/** No more names than that are drawn at a time. */
const mostNames = 200

/** Names of a readable size, of those that have room for one: the most connected first. */
function drawNames(context: CanvasRenderingContext2D, drawing: Drawing, part: Part, width: number, height: number) {
  const { colors, lit, nodes } = drawing
  context.textAlign = 'center'
  context.textBaseline = 'top'
  context.lineJoin = 'round'
  const size = 12 / part.k
  context.font = `500 ${size}px "Inter Variable", sans-serif`
  context.lineWidth = 3 / part.k
  context.strokeStyle = colors.page
  context.fillStyle = colors.ink
  const taken: (readonly [left: number, top: number, right: number])[] = []
  const isMarked = ({ id }: GraphNode) => id === drawing.selected || drawing.path.includes(id)
  const named = [...nodes.entries()].filter(([, node]) => isNamed(node, drawing, part.k))
  const inOrder = [...named.filter(([, node]) => isMarked(node)), ...named.filter(([, node]) => !isMarked(node))]
  for (const [index, node] of inOrder) {
    if (taken.length >= mostNames) break
    const [x, y] = placeAt(drawing, index)
    const [shownX, shownY] = [x * part.k + part.x, y * part.k + part.y]
    if (shownX < 0 || shownY < 0 || shownX > width || shownY > height) continue
    const top = y + radiusOf(node) + 3 / part.k
    const half = context.measureText(node.displayName).width / 2
    const hasRoom = taken.every(
      ([left, other, right]) => x + half < left || x - half > right || Math.abs(other - top) > size * 1.1,
    )
    if (!hasRoom && !isMarked(node)) continue
    taken.push([x - half, top, x + half])
    context.globalAlpha = !lit || lit.has(node.id) ? 1 : pale
    context.strokeText(node.displayName, x, top)
    context.fillText(node.displayName, x, top)
  }
}

/** The closer one looks, the more names there are. */
function isNamed({ id, degree }: GraphNode, { nodes, lit, path, selected }: Drawing, scale: number): boolean {
  if (id === selected || path.includes(id)) return true
  if (lit) return lit.has(id) && (lit.size < 60 || scale > 1)
  return nodes.length <= 60 || degree * scale * scale > nodes.length / 25
}

/** The whole graph as an SVG file. */
export function graphSvg(drawing: Drawing): string {
  const { colors, nodes, lit } = drawing
  const all = nodes.map((node, index) => ({ node, place: placeAt(drawing, index) }))
  const [xs, ys] = [all.map(({ place }) => place[0]), all.map(({ place }) => place[1])]
  const margin = 60
  const [left, top] = [Math.min(0, ...xs) - margin, Math.min(0, ...ys) - margin]
  const [width, height] = [Math.max(0, ...xs) + margin - left, Math.max(0, ...ys) + margin - top]
  const number = (value: number) => value.toFixed(1)
  const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const opacity = (isLit: boolean) => (isLit ? '' : ` opacity="${pale}"`)
  const lineOf = (from: number, to: number) => {
    const [[fromX, fromY], [toX, toY]] = [placeAt(drawing, from), placeAt(drawing, to)]
    return `<line x1="${number(fromX)}" y1="${number(fromY)}" x2="${number(toX)}" y2="${number(toY)}"/>`
  }
  const lines = drawing.strands.map(({ ends, isLit, isMention, isOnPath }) => {
    const drawn = ends.flatMap((from, index) => (index % 2 === 0 ? [lineOf(from, ends[index + 1] ?? from)] : []))
    return `<g stroke="${isOnPath ? colors.accent : colors.line}" stroke-width="${isOnPath ? 3 : 1.2}"${isMention ? ' stroke-dasharray="4 4"' : ''}${opacity(isLit)}>${drawn.join('')}</g>`
  })
  const dots = all.map(
    ({ node, place: [x, y] }) =>
      `<g${opacity(!lit || lit.has(node.id))}><circle cx="${number(x)}" cy="${number(y)}" r="${number(radiusOf(node))}" fill="${node.isPlaceholder ? colors.page : colors[node.kind]}" stroke="${node.isPlaceholder ? colors[node.kind] : colors.page}" stroke-width="1.5"/>${isNamed(node, drawing, 1) ? `<text x="${number(x)}" y="${number(y + radiusOf(node) + 14)}" fill="${colors.ink}">${text(node.displayName)}</text>` : ''}</g>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(number).join(' ')}" width="${number(width)}" height="${number(height)}" font-family="Inter, sans-serif" font-size="12" text-anchor="middle"><rect x="${number(left)}" y="${number(top)}" width="100%" height="100%" fill="${colors.page}"/>${lines.join('')}${dots.join('')}</svg>`
}

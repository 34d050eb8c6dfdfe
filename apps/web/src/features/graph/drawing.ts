import type { EntityKind } from '@worldloom/schema'
import type { GraphEdge, GraphNode } from './edgeLabels.ts'

/** A graph with its places, and what of it stands out. */
export interface Drawing {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly indexes: ReadonlyMap<string, number>
  /** x, y, x, y, … */
  readonly places: Float32Array
  /** What stands out, if anything: all else is pale. */
  readonly lit: ReadonlySet<string> | undefined
  /** The entries of a path, in its order. */
  readonly path: readonly string[]
  readonly selected: string | undefined
  readonly colors: Colors
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

interface Line {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly isLit: boolean
  readonly isOnPath: boolean
  readonly isMention: boolean
}

function placeOf({ indexes, places }: Drawing, id: string): readonly [number, number] | undefined {
  const index = indexes.get(id)
  return index === undefined ? undefined : [places[2 * index] ?? 0, places[2 * index + 1] ?? 0]
}

function* linesOf(drawing: Drawing): Generator<Line> {
  const { edges, lit, path } = drawing
  const steps = new Set(path.slice(1).flatMap((id, index) => [`${path[index]} ${id}`, `${id} ${path[index]}`]))
  for (const { fromId, toId, source } of edges) {
    const from = placeOf(drawing, fromId)
    const to = placeOf(drawing, toId)
    if (!from || !to) continue
    yield {
      ...{ from, to },
      isLit: !lit || (lit.has(fromId) && lit.has(toId)),
      isOnPath: steps.has(`${fromId} ${toId}`),
      isMention: source === 'mention',
    }
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
  const { colors, lit, nodes, selected } = drawing
  context.save()
  context.clearRect(0, 0, width, height)
  context.translate(part.x, part.y)
  context.scale(part.k, part.k)
  for (const line of linesOf(drawing)) {
    context.globalAlpha = line.isOnPath ? 1 : line.isLit ? (lit ? 0.9 : 0.45) : pale
    context.strokeStyle = line.isOnPath ? colors.accent : colors.line
    context.lineWidth = (line.isOnPath ? 3 : 1.2) / Math.sqrt(part.k)
    context.setLineDash(line.isMention ? [4, 4] : [])
    context.beginPath()
    context.moveTo(...line.from)
    context.lineTo(...line.to)
    context.stroke()
  }
  context.setLineDash([])
  for (const node of nodes) {
    const [x, y] = placeOf(drawing, node.id) ?? [0, 0]
    const radius = radiusOf(node)
    context.globalAlpha = !lit || lit.has(node.id) ? 1 : pale
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.fillStyle = node.isPlaceholder ? colors.page : colors[node.kind]
    context.fill()
    context.lineWidth = node.id === selected ? 3 : node.isPlaceholder ? 2 : 1.5
    context.strokeStyle = node.id === selected ? colors.ink : node.isPlaceholder ? colors[node.kind] : colors.page
    context.stroke()
  }
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
  const named = nodes.filter((node) => isNamed(node, drawing, part.k))
  for (const node of [...named.filter(isMarked), ...named.filter((each) => !isMarked(each))]) {
    if (taken.length >= mostNames) break
    const [x, y] = placeOf(drawing, node.id) ?? [0, 0]
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
  const all = nodes.map((node) => ({ node, place: placeOf(drawing, node.id) ?? ([0, 0] as const) }))
  const [xs, ys] = [all.map(({ place }) => place[0]), all.map(({ place }) => place[1])]
  const margin = 60
  const [left, top] = [Math.min(0, ...xs) - margin, Math.min(0, ...ys) - margin]
  const [width, height] = [Math.max(0, ...xs) + margin - left, Math.max(0, ...ys) + margin - top]
  const number = (value: number) => value.toFixed(1)
  const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const opacity = (isLit: boolean) => (isLit ? '' : ` opacity="${pale}"`)
  const lines = [...linesOf(drawing)].map(
    ({ from, to, isLit, isOnPath, isMention }) =>
      `<line x1="${number(from[0])}" y1="${number(from[1])}" x2="${number(to[0])}" y2="${number(to[1])}" stroke="${isOnPath ? colors.accent : colors.line}" stroke-width="${isOnPath ? 3 : 1.2}"${isMention ? ' stroke-dasharray="4 4"' : ''}${opacity(isLit)}/>`,
  )
  const dots = all.map(
    ({ node, place: [x, y] }) =>
      `<g${opacity(!lit || lit.has(node.id))}><circle cx="${number(x)}" cy="${number(y)}" r="${number(radiusOf(node))}" fill="${node.isPlaceholder ? colors.page : colors[node.kind]}" stroke="${node.isPlaceholder ? colors[node.kind] : colors.page}" stroke-width="1.5"/>${isNamed(node, drawing, 1) ? `<text x="${number(x)}" y="${number(y + radiusOf(node) + 14)}" fill="${colors.ink}">${text(node.displayName)}</text>` : ''}</g>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(number).join(' ')}" width="${number(width)}" height="${number(height)}" font-family="Inter, sans-serif" font-size="12" text-anchor="middle"><rect x="${number(left)}" y="${number(top)}" width="100%" height="100%" fill="${colors.page}"/>${lines.join('')}${dots.join('')}</svg>`
}

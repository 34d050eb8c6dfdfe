import { select } from 'd3-selection'
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom'
import Minus from 'lucide-solid/icons/minus'
import Plus from 'lucide-solid/icons/plus'
import Scan from 'lucide-solid/icons/scan'
import { batch, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js'
import { theme } from '../../lib/theme.ts'
import { PictureTool, PictureTools } from '../../ui/pictureTools.tsx'
import * as common from '../../ui/words.ts'
import { kindColors, resolveColors } from '../pictures/kindColors.ts'
import { SaveTools } from '../pictures/SaveTools.tsx'
import { type Drawing, drawGraph, graphSvg, type Part, radiusOf, strandsOf } from './drawing.ts'
import type { Graph } from './edgeLabels.ts'
import type { LayoutAnswer, LayoutRequest } from './layout.worker.ts'
import * as words from './words.ts'

/** How near to a node one has to press, in CSS pixels. */
const reach = 14

/**
 * A graph as a picture: it is moved and zoomed like a map, and its entries are dragged and pressed. What has no pointer uses
 * the list of the same.
 */
export default function GraphPicture(props: {
  graph: Graph
  /** For the file that it is saved as. */
  title: string
  lit: ReadonlySet<string> | undefined
  path: readonly string[]
  selected: string | undefined
  onSelect: (id: string | undefined) => void
}) {
  const [places, setPlaces] = createSignal<Float32Array>(new Float32Array())
  const [part, setPart] = createSignal<Part>(zoomIdentity)
  const [size, setSize] = createSignal<readonly [number, number]>([0, 0])
  const [scheme, setScheme] = createSignal(0)
  const [isSettling, setSettling] = createSignal(true)
  const [isMoved, setMoved] = createSignal(false)
  let frame: HTMLDivElement | undefined
  let canvas: HTMLCanvasElement | undefined
  /** Until somebody moves it, all of it is shown. */
  let isFitted = true

  const indexes = createMemo(() => new Map(props.graph.nodes.map(({ id }, index) => [id, index])))
  const colors = createMemo(() => {
    theme()
    scheme()
    const of = (name: string) => `var(--${name})`
    return resolveColors(document.body, {
      ...kindColors(),
      ...{ ink: of('ink'), soft: of('soft'), line: of('field'), page: of('page'), accent: of('accent') },
    })
  })
  const strands = createMemo(() => strandsOf(props.graph.edges, indexes(), props.lit, props.path))
  const drawing = (): Drawing => ({
    ...{ nodes: props.graph.nodes, strands: strands(), places: places() },
    ...{ lit: props.lit, path: props.path, selected: props.selected, colors: colors() },
    isMoving: isSettling() || isMoved(),
  })

  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
  const ask = (request: LayoutRequest) => worker.postMessage(request)
  onCleanup(() => worker.terminate())
  worker.addEventListener('message', ({ data }: MessageEvent<LayoutAnswer>) => {
    batch(() => {
      setPlaces(data.places)
      setSettling(!data.isSettled)
      if (isFitted) fit()
    })
  })
  createEffect(() => {
    const links = props.graph.edges.flatMap(({ fromId, toId }): [number, number][] => {
      const [from, to] = [indexes().get(fromId), indexes().get(toId)]
      return from === undefined || to === undefined ? [] : [[from, to]]
    })
    isFitted = true
    ask({ type: 'begin', radii: props.graph.nodes.map(radiusOf), links })
  })

  const zooming = zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([0.05, 6])
    // A node that is dragged does not move the picture.
    .filter((event: MouseEvent | TouchEvent) => !(event instanceof MouseEvent && event.button !== 0) && !dragged)
    .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
      if (sourceEvent) isFitted = false
      setPart(transform)
    })
    .on('start', ({ sourceEvent }) => sourceEvent && setMoved(true))
    .on('end', () => setMoved(false))
  const whole = () => canvas && select(canvas)
  const fit = () => {
    const [width, height] = size()
    const all = places()
    if (width === 0 || all.length === 0) return
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let index = 0; index < all.length; index += 2) {
      const [x = 0, y = 0] = [all[index], all[index + 1]]
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
    const margin = 40
    const k = Math.min(1.6, width / (right - left + 2 * margin), height / (bottom - top + 2 * margin))
    const middle = zoomIdentity.translate(width / 2, height / 2).scale(k)
    whole()?.call(zooming.transform, middle.translate(-(left + right) / 2, -(top + bottom) / 2))
  }

  let dragged: { readonly index: number; isMoved: boolean } | undefined
  const inPicture = (event: PointerEvent): [number, number] => {
    const { x, y, k } = part()
    return [(event.offsetX - x) / k, (event.offsetY - y) / k]
  }
  /** The node at a point of the picture. */
  const nodeAt = ([x, y]: readonly [number, number]): number | undefined => {
    const all = places()
    let nearest: number | undefined
    let least = Number.POSITIVE_INFINITY
    for (const [index, node] of props.graph.nodes.entries()) {
      const distance = Math.hypot((all[2 * index] ?? 0) - x, (all[2 * index + 1] ?? 0) - y)
      if (distance < least && distance <= Math.max(radiusOf(node), reach / part().k)) {
        nearest = index
        least = distance
      }
    }
    return nearest
  }
  const onPointerDown = (event: PointerEvent) => {
    const index = event.button === 0 ? nodeAt(inPicture(event)) : undefined
    if (index === undefined) return
    dragged = { index, isMoved: false }
    canvas?.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    const at = inPicture(event)
    if (dragged) {
      if (!dragged.isMoved && Math.abs(event.movementX) + Math.abs(event.movementY) < 2) return
      dragged.isMoved = true
      isFitted = false
      ask({ type: 'hold', index: dragged.index, at })
    } else if (canvas) canvas.style.cursor = nodeAt(at) === undefined ? 'grab' : 'pointer'
  }
  const onPointerUp = () => {
    if (dragged?.isMoved) ask({ type: 'hold', index: dragged.index, at: null })
    else if (dragged) props.onSelect(props.graph.nodes[dragged.index]?.id)
    dragged = undefined
  }

  onMount(() => {
    const context = canvas?.getContext('2d')
    if (!canvas || !frame || !context) return
    // Before d3 sees it, so that a node is dragged and not the picture.
    canvas.addEventListener('pointerdown', onPointerDown, { capture: true })
    whole()?.call(zooming).on('dblclick.zoom', null)
    const observer = new ResizeObserver(([entry]) => {
      if (!entry || !canvas) return
      const { width, height } = entry.contentRect
      canvas.width = Math.round(width * devicePixelRatio)
      canvas.height = Math.round(height * devicePixelRatio)
      setSize([width, height])
      if (isFitted) fit()
    })
    observer.observe(frame)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const onScheme = () => setScheme((count) => count + 1)
    dark.addEventListener('change', onScheme)
    onCleanup(() => {
      observer.disconnect()
      dark.removeEventListener('change', onScheme)
    })
    // At most once for each frame that is shown.
    let requested: number | undefined
    createEffect(
      on([drawing, part, size], () => {
        requested ??= requestAnimationFrame(() => {
          requested = undefined
          context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0)
          drawGraph(context, drawing(), part(), ...size())
        })
      }),
    )
    onCleanup(() => requested !== undefined && cancelAnimationFrame(requested))
  })

  return (
    <div
      ref={(element) => {
        frame = element
      }}
      class="relative h-[min(70dvh,44rem)] overflow-hidden rounded-3xl border border-line bg-page shadow-card"
    >
      <canvas
        ref={(element) => {
          canvas = element
        }}
        class="absolute inset-0 size-full touch-none"
        role="img"
        aria-label={words.aboutTheDrawing(props.graph.nodes.length, props.graph.edges.length)}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      />
      <div class="absolute right-3 bottom-3">
        <PictureTools>
          <PictureTool label={common.zoomOut} onClick={() => whole()?.call(zooming.scaleBy, 1 / 1.4)}>
            <Minus class="size-4" aria-hidden="true" />
          </PictureTool>
          <PictureTool label={common.zoomIn} onClick={() => whole()?.call(zooming.scaleBy, 1.4)}>
            <Plus class="size-4" aria-hidden="true" />
          </PictureTool>
          <PictureTool label={common.showAllOfIt} onClick={fit}>
            <Scan class="size-4" aria-hidden="true" />
          </PictureTool>
          <SaveTools title={props.title} svg={() => graphSvg(drawing())} />
        </PictureTools>
      </div>
    </div>
  )
}

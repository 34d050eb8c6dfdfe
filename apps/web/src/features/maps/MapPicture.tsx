import { select } from 'd3-selection'
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom'
import MapPin from 'lucide-solid/icons/map-pin'
import Minus from 'lucide-solid/icons/minus'
import Pentagon from 'lucide-solid/icons/pentagon'
import Plus from 'lucide-solid/icons/plus'
import Ruler from 'lucide-solid/icons/ruler'
import Scan from 'lucide-solid/icons/scan'
import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { PictureTool, PictureTools } from '../../ui/pictureTools.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { SaveTools } from '../pictures/SaveTools.tsx'
import { svgOf } from '../pictures/svgOf.ts'
import { tagFills } from '../tags/tagLook.ts'
import { showChanged } from '../undo/showChanged.ts'
import { fitted, lengthOf, middleOf, moved, type Point, type Size, toImage, toScreen, type View } from './geometry.ts'
import { Measured } from './Measured.tsx'
import { type Marker, markerName, type WholeMap } from './markerName.ts'
import * as words from './words.ts'

const MarkerDialog = lazyDialog(() => import('./MarkerDialog.tsx'))

/** What pressing the map does. */
type Mode = 'move' | 'pin' | 'area' | 'measure'

/** How far the arrow keys move a marker, as a share of the width of the image. */
const step = 0.005

/** A map: moved and zoomed, with markers that are put there, dragged and opened; and distances. */
export default function MapPicture(props: {
  map: WholeMap
  image: { readonly url: string } & Size
  markers: readonly Marker[]
  mayChange: boolean
  selected: string | undefined
  onSelect: (id: string | undefined) => void
  /** What is said about the selected marker. */
  children: JSX.Element
}) {
  const [frame, setFrame] = createSignal<Size>({ width: 0, height: 0 })
  const [view, setView] = createSignal<View>({ x: 0, y: 0, k: 1 })
  const [mode, setMode] = createSignal<Mode>('move')
  const [drawn, setDrawn] = createSignal<readonly [x: number, y: number][]>([])
  const [made, setMade] = createSignal<{ readonly shape: 'pin' | 'area'; readonly points: [x: number, y: number][] }>()
  /** While it is dragged, and until that is saved. */
  const [shifted, setShifted] = createSignal<{ readonly id: string; readonly points: [x: number, y: number][] }>()
  let root: HTMLDivElement | undefined
  let svg: SVGSVGElement | undefined

  const image = () => props.image
  const pointsOf = (marker: Marker) => {
    const shift = shifted()
    return shift?.id === marker.id ? shift.points : marker.points
  }
  const at = (point: Point) => toScreen(point, view(), image())
  const path = (points: readonly Point[]) => points.map((point) => at(point).join(',')).join(' ')
  const whole = createMemo(() => fitted(image(), frame()))

  const zooming = zoom<SVGSVGElement, unknown>()
    .filter((event: Event) => {
      // The wheel scrolls the page, unless it is meant for the picture.
      if (event.type === 'wheel') return event instanceof WheelEvent && (event.ctrlKey || event.metaKey)
      if (event.type === 'dblclick') return mode() === 'move'
      if (event instanceof MouseEvent && event.button !== 0) return false
      return !(event.target instanceof Element && event.target.closest('[data-draggable]'))
    })
    // A press that moves less is a click.
    .clickDistance(4)
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) =>
      setView({ x: transform.x, y: transform.y, k: transform.k }),
    )
  const zoomed = () => svg && select(svg)
  const showWhole = () => {
    const { x, y, k } = whole()
    zoomed()?.call(zooming.transform, zoomIdentity.translate(x, y).scale(k))
  }
  const zoomBy = (factor: number) => zoomed()?.call(zooming.scaleBy, factor)
  onMount(() => {
    const observed = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 }
      setFrame({ width, height })
    })
    if (root) observed.observe(root)
    onCleanup(() => observed.disconnect())
    zoomed()?.call(zooming)
  })
  createEffect(
    on(whole, ({ k }) => {
      if (!Number.isFinite(k) || k <= 0) return
      zooming.scaleExtent([k * 0.5, k * 40])
      showWhole()
    }),
  )
  // What was chosen elsewhere is brought into view.
  createEffect(
    on(
      () => [props.selected, frame().width] as const,
      ([id, width]) => {
        const marker = props.markers.find((each) => each.id === id)
        if (!marker || width === 0) return
        const [x, y] = at(middleOf(marker.points))
        if (x > 20 && y > 20 && x < width - 20 && y < frame().height - 20) return
        const [imageX, imageY] = middleOf(marker.points)
        zoomed()?.call(zooming.translateTo, imageX * image().width, imageY * image().height)
      },
    ),
  )

  const placeOf = (event: MouseEvent): [x: number, y: number] => {
    const { left, top } = svg?.getBoundingClientRect() ?? { left: 0, top: 0 }
    return toImage([event.clientX - left, event.clientY - top], view(), image())
  }
  const put = (point: [x: number, y: number]) => {
    if (mode() === 'pin') setMade({ shape: 'pin', points: [point] })
    else if (mode() === 'area' || mode() === 'measure') setDrawn([...drawn(), point])
    else props.onSelect(undefined)
  }
  const choose = (next: Mode) => {
    const chosen = mode() === next ? 'move' : next
    setMode(chosen)
    setDrawn([])
    // What is said about a marker would be in the way.
    if (chosen !== 'move' && props.selected) props.onSelect(undefined)
  }
  const finishArea = () => {
    if (drawn().length >= 3) setMade({ shape: 'area', points: [...drawn()] })
  }
  const save = async (marker: Marker, points: [x: number, y: number][]) => {
    setShifted({ id: marker.id, points })
    try {
      await call.marker.update.mutate({ id: marker.id, version: marker.version, points })
      await refreshWorlds()
      showChanged(words.moved)
    } catch (error) {
      showToast(failureOf(error).message)
      void refreshWorlds()
    }
    setShifted(undefined)
  }
  /** Drags a marker, or one corner of an area. */
  const drag = (marker: Marker, corner?: number) => (event: PointerEvent & { currentTarget: Element }) => {
    if (!props.mayChange || event.button !== 0 || mode() !== 'move') return
    event.stopPropagation()
    const target = event.currentTarget
    const from = placeOf(event)
    const before = marker.points
    let isMoved = false
    target.setPointerCapture(event.pointerId)
    const onMove = (next: Event) => {
      if (!(next instanceof PointerEvent)) return
      if (!isMoved && Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) < 4) return
      isMoved = true
      const [x, y] = placeOf(next)
      const points: [x: number, y: number][] =
        corner === undefined
          ? moved(before, [x - from[0], y - from[1]])
          : before.map((point, index) => (index === corner ? [x, y] : [point[0], point[1]]))
      setShifted({ id: marker.id, points })
    }
    const onUp = () => {
      target.removeEventListener('pointermove', onMove)
      const shift = shifted()
      if (isMoved && shift) void save(marker, shift.points)
    }
    target.addEventListener('pointermove', onMove)
    target.addEventListener('pointerup', onUp, { once: true })
    target.addEventListener('pointercancel', () => setShifted(undefined), { once: true })
  }
  const arrows: Readonly<Record<string, Point>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  }
  const onMarkerKey = (marker: Marker) => (event: KeyboardEvent) => {
    const arrow = arrows[event.key]
    if (event.key === 'Enter' || event.key === ' ') props.onSelect(marker.id)
    else if (arrow && event.altKey && props.mayChange && !shifted())
      void save(marker, moved(marker.points, [arrow[0] * step, arrow[1] * step]))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key]
    const isOfFrame = event.target === svg
    if (event.key === 'Escape' && (mode() !== 'move' || props.selected)) {
      if (mode() === 'move') props.onSelect(undefined)
      else choose('move')
    } else if (arrow && isOfFrame && !event.altKey) {
      zoomed()?.call(zooming.translateBy, (-arrow[0] * 60) / view().k, (-arrow[1] * 60) / view().k)
    } else if (event.key === '+' && isOfFrame) zoomBy(1.4)
    else if (event.key === '-' && isOfFrame) zoomBy(1 / 1.4)
    else if (event.key === 'Enter' && isOfFrame && mode() !== 'move') {
      put(toImage([frame().width / 2, frame().height / 2], view(), image()))
    } else return
    event.preventDefault()
  }
  const hint = () => {
    switch (mode()) {
      case 'pin':
        return words.pressTheMapWhereThe
      case 'area':
        return words.pressTheCornersOfThe
      case 'measure':
        return words.pressTwoPlacesOrMore
      default:
        return undefined
    }
  }
  const saved = async () => {
    if (!svg) return undefined
    const blob = await (await fetch(props.image.url)).blob()
    const url = await new Promise<string>((resolve, reject) => {
      const reader = new FileReader()
      reader.onload = () => resolve(String(reader.result))
      reader.onerror = () => reject(reader.error)
      reader.readAsDataURL(blob)
    })
    // A file of its own can't load the image from here.
    return svgOf(svg).replace(/(<image[^>]*href=")[^"]*/, (_, before: string) => `${before}${url}`)
  }
  return (
    <div class="overflow-hidden rounded-3xl border border-line bg-sunk shadow-card">
      <div
        ref={(element) => {
          root = element
        }}
        class="relative h-[70dvh] min-h-80"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing can be no fieldset */}
        <svg
          ref={(element) => {
            svg = element
          }}
          class="absolute inset-0 size-full touch-none"
          classList={{ 'cursor-crosshair': mode() !== 'move', 'cursor-grab': mode() === 'move' }}
          font-family="Inter Variable, sans-serif"
          font-size="13"
          role="group"
          tabindex="0"
          aria-label={words.aboutTheDrawing(props.map.name, props.markers.length)}
          onClick={(event) => put(placeOf(event))}
          onKeyDown={onKeyDown}
        >
          <image
            href={props.image.url}
            width={image().width}
            height={image().height}
            transform={`translate(${view().x} ${view().y}) scale(${view().k})`}
          />
          <For each={props.markers}>
            {(marker) => {
              const isSelected = () => props.selected === marker.id
              const middle = () => at(middleOf(pointsOf(marker)))
              const shared = {
                role: 'button',
                tabindex: 0,
                get 'aria-label'() {
                  return markerName(marker)
                },
                get 'aria-pressed'() {
                  return isSelected()
                },
                onClick: (event: MouseEvent) => {
                  if (mode() !== 'move') return
                  event.stopPropagation()
                  props.onSelect(marker.id)
                },
                onKeyDown: onMarkerKey(marker),
                onPointerDown: drag(marker),
              } as const
              return (
                <g data-draggable={props.mayChange && mode() === 'move' ? '' : undefined}>
                  <Show
                    when={marker.shape === 'area'}
                    fallback={
                      <g {...shared} class="cursor-pointer" transform={`translate(${middle()[0]} ${middle()[1]})`}>
                        <path
                          d="M0 0C-3 -8 -11 -13 -11 -22A11 11 0 1 1 11 -22C11 -13 3 -8 0 0Z"
                          fill={tagFills[marker.color]}
                          stroke={isSelected() ? 'var(--ink)' : '#fff'}
                          stroke-width={isSelected() ? 3 : 2}
                        />
                        <circle cy="-22" r="4" fill="#fff" />
                      </g>
                    }
                  >
                    <polygon
                      {...shared}
                      class="cursor-pointer"
                      points={path(pointsOf(marker))}
                      fill={tagFills[marker.color]}
                      fill-opacity={isSelected() ? 0.4 : 0.25}
                      stroke={tagFills[marker.color]}
                      stroke-width={isSelected() ? 4 : 2}
                      stroke-linejoin="round"
                    />
                  </Show>
                  <text
                    x={middle()[0]}
                    y={middle()[1] + (marker.shape === 'pin' ? 16 : 4)}
                    text-anchor="middle"
                    class="pointer-events-none"
                    font-weight="600"
                    fill="var(--ink)"
                    stroke="var(--page)"
                    stroke-width="4"
                    paint-order="stroke"
                    stroke-linejoin="round"
                  >
                    {markerName(marker)}
                  </text>
                  <Show when={isSelected() && marker.shape === 'area' && props.mayChange}>
                    <For each={pointsOf(marker)}>
                      {(point, index) => (
                        <circle
                          cx={at(point)[0]}
                          cy={at(point)[1]}
                          r="7"
                          fill="#fff"
                          stroke={tagFills[marker.color]}
                          stroke-width="3"
                          class="cursor-move"
                          onPointerDown={(event) => drag(marker, index())(event)}
                        />
                      )}
                    </For>
                  </Show>
                </g>
              )
            }}
          </For>
          <Show when={drawn().length > 0}>
            <g class="pointer-events-none">
              <polyline
                points={path(drawn())}
                fill={mode() === 'area' ? 'var(--accent)' : 'none'}
                fill-opacity="0.2"
                stroke="var(--accent)"
                stroke-width="3"
                stroke-dasharray="7 5"
              />
              <For each={drawn()}>
                {(point) => (
                  <circle
                    cx={at(point)[0]}
                    cy={at(point)[1]}
                    r="5"
                    fill="var(--accent)"
                    stroke="#fff"
                    stroke-width="2"
                  />
                )}
              </For>
            </g>
          </Show>
        </svg>
        <div class="absolute top-3 left-3 flex max-w-[calc(100%-1.5rem)] flex-wrap gap-2">
          <Show when={props.mayChange}>
            <PictureTools>
              <ModeTool label={words.addAPin} isOn={mode() === 'pin'} onClick={() => choose('pin')}>
                <MapPin class="size-4" aria-hidden="true" />
              </ModeTool>
              <ModeTool label={words.addAnArea} isOn={mode() === 'area'} onClick={() => choose('area')}>
                <Pentagon class="size-4" aria-hidden="true" />
              </ModeTool>
              <ModeTool label={words.measure} isOn={mode() === 'measure'} onClick={() => choose('measure')}>
                <Ruler class="size-4" aria-hidden="true" />
              </ModeTool>
            </PictureTools>
          </Show>
          <Show when={!props.mayChange}>
            <PictureTools>
              <ModeTool label={words.measure} isOn={mode() === 'measure'} onClick={() => choose('measure')}>
                <Ruler class="size-4" aria-hidden="true" />
              </ModeTool>
            </PictureTools>
          </Show>
          <Show when={hint()}>
            {(sentence) => (
              <p
                class="flex flex-wrap items-center gap-x-3 rounded-full border border-line bg-raised/95 px-4 py-1.5 text-sm shadow-card"
                role="status"
              >
                <Show when={mode() === 'measure' && drawn().length > 1} fallback={sentence()}>
                  <Measured map={props.map} widths={lengthOf(drawn(), image())} mayChange={props.mayChange} />
                </Show>
                <Show when={mode() === 'area' && drawn().length >= 3}>
                  <Button class="min-h-8 py-0.5" look="primary" onClick={finishArea}>
                    {words.finish}
                  </Button>
                </Show>
                <Show when={drawn().length > 0}>
                  <Button class="min-h-8 px-2 py-0.5" look="quiet" onClick={() => setDrawn([])}>
                    {words.startAgain}
                  </Button>
                </Show>
              </p>
            )}
          </Show>
        </div>
        <div class="absolute right-3 bottom-3 flex flex-wrap justify-end gap-2">
          <PictureTools>
            <PictureTool label={common.zoomOut} onClick={() => zoomBy(1 / 1.4)}>
              <Minus class="size-4" aria-hidden="true" />
            </PictureTool>
            <PictureTool label={common.zoomIn} onClick={() => zoomBy(1.4)}>
              <Plus class="size-4" aria-hidden="true" />
            </PictureTool>
            <PictureTool label={common.showAllOfIt} onClick={showWhole}>
              <Scan class="size-4" aria-hidden="true" />
            </PictureTool>
            <SaveTools title={props.map.name} svg={saved} />
          </PictureTools>
        </div>
        {props.children}
      </div>
      <Show when={made()} keyed>
        {(marker) => (
          <MarkerDialog
            map={props.map}
            marker={marker}
            onClose={() => setMade(undefined)}
            onSaved={(id) => {
              setMade(undefined)
              choose('move')
              props.onSelect(id)
            }}
          />
        )}
      </Show>
    </div>
  )
}

function ModeTool(props: { label: string; isOn: boolean; onClick: () => void; children: JSX.Element }) {
  return (
    <button
      type="button"
      class="inline-flex h-9 items-center gap-1.5 rounded-full px-3 text-xs font-medium"
      classList={{ 'bg-accent text-on-accent': props.isOn, 'text-soft hover:bg-sunk hover:text-ink': !props.isOn }}
      aria-pressed={props.isOn}
      onClick={() => props.onClick()}
    >
      {props.children}
      {props.label}
    </button>
  )
}

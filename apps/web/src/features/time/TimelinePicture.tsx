import { useNavigate } from '@tanstack/solid-router'
import { calendarDay } from '@worldloom/schema/calendar/days'
import { readPoints, writePoint } from '@worldloom/schema/calendar/worldDate'
import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'
import { select } from 'd3-selection'
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom'
import Minus from 'lucide-solid/icons/minus'
import Plus from 'lucide-solid/icons/plus'
import Scan from 'lucide-solid/icons/scan'
import { createEffect, createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { failureOf } from '../../lib/failure.ts'
import { entityCall, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { PictureTool, PictureTools } from '../../ui/pictureTools.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { kindColor } from '../pictures/kindColors.ts'
import { SaveTools } from '../pictures/SaveTools.tsx'
import { svgOf } from '../pictures/svgOf.ts'
import { showChanged } from '../undo/showChanged.ts'
import { useWorld, useWorldRights } from '../worlds/worldContext.ts'
import { sendChanges } from '../writing/written.ts'
import { useCalendar } from './calendar.ts'
import { ticksIn } from './ticks.ts'
import { type Bar, type Lane, rowsOf } from './timelineBars.ts'
import * as words from './words.ts'

const rowHeight = 26
const laneGap = 14
const axisHeight = 34
const laneWidth = 120
/** The width of a letter, roughly: labels are not measured. */
const letter = 7

/** What happens in a world along its time: moved and zoomed from ages to hours; scenes are dragged to other dates. */
export default function TimelinePicture(props: { lanes: readonly Lane[]; title: string }) {
  const world = useWorld()
  const rights = useWorldRights()
  const navigate = useNavigate()
  const calendar = useCalendar()
  const [width, setWidth] = createSignal(0)
  const [view, setView] = createSignal({ x: 0, k: 1 })
  const [dragged, setDragged] = createSignal<{ readonly bar: Bar; readonly days: number }>()
  let frame: HTMLDivElement | undefined
  let svg: SVGSVGElement | undefined

  const bars = createMemo(() => props.lanes.flatMap((lane) => lane.bars))
  /** All of time that is shown, with a margin. */
  const span = createMemo(() => {
    const from = Math.min(...bars().map((bar) => bar.from))
    const to = Math.max(...bars().map((bar) => bar.to))
    const margin = Math.max(1, (to - from) * 0.04)
    return { from: from - margin, to: to + margin }
  })
  const isWide = () => width() > 640
  const left = () => (isWide() ? laneWidth : 0)
  const perDay = () => ((width() - left()) / (span().to - span().from)) * view().k
  const x = (day: number) => left() + (day - span().from) * perDay() + view().x
  const dayAt = (pixel: number) => (pixel - left() - view().x) / perDay() + span().from
  const ticks = createMemo(() => (width() > 0 ? ticksIn(calendar(), dayAt(left()), dayAt(width()), perDay()) : []))
  /** What has no known end goes on until the last date that is drawn. */
  const ends = (bar: Bar): readonly [number, number] => [
    bar.isOpen.before ? span().from : bar.from,
    bar.isOpen.after ? span().to : bar.to,
  ]
  /** The width of its name, and of what is around it. */
  const named = (bar: Bar) => bar.label.length * letter + 20
  /** Whether the name of a moment is before it, as there is no room after it. */
  const isNamedBefore = (bar: Bar) =>
    bar.isMoment && x(bar.to) + named(bar) > width() && x(bar.from) - named(bar) > left() && x(bar.from) <= width()
  const shift = (bar: Bar) => (dragged()?.bar.id === bar.id ? (dragged()?.days ?? 0) : 0)

  /** Where each lane is and which rows its bars are in. Lanes and bars stay the same, so that moving draws nothing anew. */
  const placed = createMemo(() => {
    let top = axisHeight + 8
    const places = new Map(
      props.lanes.map((lane) => {
        const rows = rowsOf(lane.bars, (bar) => {
          const [from, to] = ends(bar)
          if (isNamedBefore(bar)) return [x(from) - named(bar), Math.max(x(to), x(from) + 12)]
          return [x(from), Math.max(x(to), (bar.isMoment ? x(to) : Math.max(x(from), left())) + named(bar))]
        })
        const height = (Math.max(0, ...rows.values()) + 1) * rowHeight
        // On narrow screens its name is above it.
        const title = isWide() ? 0 : 18
        const place = { rows, top: top + title, titleTop: top, height }
        top += height + title + laneGap
        return [lane, place] as const
      }),
    )
    return { places, height: props.lanes.length > 0 ? top : axisHeight }
  })
  const placeOf = (lane: Lane) =>
    placed().places.get(lane) ?? { rows: new Map<Bar, number>(), top: 0, titleTop: 0, height: 0 }
  const height = () => placed().height

  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, 1e7])
    // The wheel scrolls the page, unless it is meant for the picture. A bar that is dragged does not move the picture.
    .filter((event: Event) => {
      if (event.type === 'wheel') return event instanceof WheelEvent && (event.ctrlKey || event.metaKey)
      if (event instanceof MouseEvent && event.button !== 0) return false
      return !(event.target instanceof Element && event.target.closest('[data-draggable]'))
    })
    .on('zoom', ({ transform }: D3ZoomEvent<SVGSVGElement, unknown>) => setView({ x: transform.x, k: transform.k }))
  const whole = () => svg && select(svg)
  /** Shows a part of time. */
  const show = (from: number, to: number) => {
    const room = width() - left()
    const k = Math.max(1, (span().to - span().from) / (to - from))
    const offset = ((from - span().from) / (span().to - span().from)) * room
    whole()?.call(zooming.transform, zoomIdentity.translate(-offset * k, 0).scale(k))
  }
  createEffect(() => {
    const size = width()
    zooming
      .extent([
        [0, 0],
        [size - left(), 1],
      ])
      .translateExtent([
        [0, 0],
        [size - left(), 1],
      ])
  })
  onMount(() => {
    if (!frame) return
    whole()?.call(zooming).on('dblclick.zoom', null)
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(frame)
    onCleanup(() => observer.disconnect())
  })

  // It begins with the time that is told of, which is often a small part of the whole.
  let hasBegun = false
  createEffect(() => {
    const moments = bars().filter((bar) => bar.isMoment)
    if (hasBegun || width() === 0 || moments.length === 0) return
    hasBegun = true
    const [from, to] = [Math.min(...moments.map((bar) => bar.from)), Math.max(...moments.map((bar) => bar.to))]
    const margin = (to - from || 1) * 0.1
    show(from - margin, to + 2 * margin)
  })

  const open = (bar: Bar) =>
    void navigate({
      to: pagePaths.entity,
      params: { worldId: world().id, plural: kinds[bar.entryKind].plural, entityId: bar.entryId },
    })
  const isMovable = (bar: Bar) => rights.mayUpdate() && bar.kind === 'scene' && bar.isMoment
  /** The date after dragging, as exact as it was. */
  const movedDate = (bar: Bar, days: number): string | undefined => {
    const [point, end] = readPoints(bar.date ?? '') ?? []
    if (!point || end) return undefined
    const day = calendarDay(calendar(), Math.floor(bar.from + days))
    if (point.day !== undefined)
      return writePoint({ ...day, ...(point.hour !== undefined && { hour: point.hour, minute: point.minute ?? 0 }) })
    return writePoint(point.month === undefined ? { year: day.year } : { year: day.year, month: day.month })
  }
  const drop = async (bar: Bar, days: number) => {
    const date = movedDate(bar, days)
    try {
      if (!date) {
        showToast(words.aSpanIsChangedOn)
        return
      }
      const { version } = await entityCall('scene').byId.query({ id: bar.entryId })
      await sendChanges('scene', bar.entryId, version, { happensOn: date })
      await refreshWorlds()
      showChanged(`${bar.label}: ${formatWorldDate(calendar(), date)}.`)
    } catch (error) {
      showToast(failureOf(error).message)
    } finally {
      setDragged(undefined)
    }
  }
  const dragging = (bar: Bar) => {
    let start: number | undefined
    return {
      onPointerDown: (event: PointerEvent & { currentTarget: Element }) => {
        if (!isMovable(bar) || event.button !== 0) return
        start = event.clientX
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove: (event: PointerEvent) => {
        if (start !== undefined && Math.abs(event.clientX - start) > 3) {
          setDragged({ bar, days: (event.clientX - start) / perDay() })
        }
      },
      onPointerUp: () => {
        const days = dragged()?.bar.id === bar.id ? dragged()?.days : undefined
        start = undefined
        if (days === undefined) open(bar)
        else void drop(bar, days)
      },
    }
  }

  return (
    <div class="rounded-3xl border border-line bg-page shadow-card">
      <div
        ref={(element) => {
          frame = element
        }}
        class="overflow-hidden rounded-t-3xl"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing can be no fieldset */}
        <svg
          ref={(element) => {
            svg = element
          }}
          class="block w-full touch-pan-y select-none"
          style={{ height: `${height()}px` }}
          viewBox={`0 0 ${width()} ${height()}`}
          font-family="Inter Variable, sans-serif"
          font-size="12"
          role="group"
          aria-label={words.aboutTheDrawing(bars().length, ticks()[0]?.label ?? '')}
        >
          <For each={ticks()}>
            {(tick) => (
              <g>
                <line x1={x(tick.day)} x2={x(tick.day)} y1={axisHeight - 6} y2={height()} stroke="var(--line)" />
                <text x={x(tick.day) + 4} y={axisHeight - 14} fill="var(--soft)">
                  {tick.label}
                </text>
              </g>
            )}
          </For>
          <line x1={0} x2={width()} y1={axisHeight} y2={axisHeight} stroke="var(--line)" />
          <For each={props.lanes}>
            {(lane) => (
              <For each={lane.bars}>
                {(bar) => {
                  const top = () => placeOf(lane).top + (placeOf(lane).rows.get(bar) ?? 0) * rowHeight
                  const start = () => x(ends(bar)[0] + shift(bar))
                  const end = () => Math.max(x(ends(bar)[1] + shift(bar)), start() + (bar.isMoment ? 10 : 4))
                  const color = bar.kind ? kindColor(bar.kind) : 'var(--soft)'
                  return (
                    // biome-ignore lint/a11y/useSemanticElements: a link in a drawing cannot be dragged
                    <g
                      class="cursor-pointer outline-offset-2"
                      data-draggable={isMovable(bar) ? '' : undefined}
                      role="link"
                      tabIndex={0}
                      aria-label={words.whatWhenInLane(bar.label, bar.when, lane.label)}
                      onKeyDown={(event) => event.key === 'Enter' && open(bar)}
                      {...dragging(bar)}
                    >
                      <title>{`${bar.label}\n${bar.when}`}</title>
                      <rect
                        x={start()}
                        y={top()}
                        width={end() - start()}
                        height={rowHeight - 6}
                        rx={bar.isMoment ? 5 : 3}
                        fill={color}
                        fill-opacity={bar.isMoment ? 1 : 0.28}
                        stroke={color}
                        stroke-dasharray={bar.isOpen.before || bar.isOpen.after ? '3 3' : undefined}
                      />
                      <text
                        // A bar that begins before what is shown still says what it is.
                        x={isNamedBefore(bar) ? start() - 5 : bar.isMoment ? end() + 5 : Math.max(start(), left()) + 6}
                        text-anchor={isNamedBefore(bar) ? 'end' : 'start'}
                        y={top() + 14}
                        fill="var(--ink)"
                        stroke="var(--page)"
                        stroke-width={bar.isMoment ? 3 : 0}
                        paint-order="stroke"
                      >
                        {bar.label}
                        <Show when={dragged()?.bar.id === bar.id && movedDate(bar, shift(bar))}>
                          {(date) => ` · ${formatWorldDate(calendar(), date())}`}
                        </Show>
                      </text>
                    </g>
                  )
                }}
              </For>
            )}
          </For>
          <For each={props.lanes}>
            {(lane) => {
              const place = () => placeOf(lane)
              const end = () => place().top + place().height + 6
              return (
                <g>
                  <Show when={isWide()}>
                    <rect
                      x={0}
                      y={place().top - 6}
                      width={laneWidth - 8}
                      height={place().height + 8}
                      fill="var(--page)"
                    />
                  </Show>
                  <text
                    x={12}
                    y={isWide() ? place().top + 14 : place().titleTop + 10}
                    fill="var(--soft)"
                    font-weight="500"
                  >
                    {lane.label.length > 15 && isWide() ? `${lane.label.slice(0, 14)}…` : lane.label}
                  </text>
                  <line x1={0} x2={width()} y1={end()} y2={end()} stroke="var(--line)" stroke-opacity="0.5" />
                </g>
              )
            }}
          </For>
        </svg>
      </div>
      <div class="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-2">
        <p class="text-xs text-soft">
          {words.dragToMoveCtrlAnd}
          <Show when={rights.mayUpdate()}>{words.dragASceneToChange}</Show>
        </p>
        <PictureTools>
          <PictureTool label={common.zoomOut} onClick={() => whole()?.call(zooming.scaleBy, 1 / 2)}>
            <Minus class="size-4" aria-hidden="true" />
          </PictureTool>
          <PictureTool label={common.zoomIn} onClick={() => whole()?.call(zooming.scaleBy, 2)}>
            <Plus class="size-4" aria-hidden="true" />
          </PictureTool>
          <PictureTool label={common.showAllOfIt} onClick={() => whole()?.call(zooming.transform, zoomIdentity)}>
            <Scan class="size-4" aria-hidden="true" />
          </PictureTool>
          <SaveTools title={props.title} svg={() => svg && svgOf(svg)} />
        </PictureTools>
      </div>
    </div>
  )
}

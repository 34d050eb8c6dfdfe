import type { Series } from '@worldloom/schema/statisticsAnswers'
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onCleanup, onMount, Show } from 'solid-js'
import uPlot from 'uplot'
import { language } from '../../lib/words.ts'
import * as words from './words.ts'
import 'uplot/dist/uPlot.min.css'
import { Panel } from '../../ui/panel.tsx'
import { resolveColors } from './kindColors.ts'

/** As many lines as colours tell apart; what further ones count is summed up in the last. */
const lineColors = [
  'var(--accent)',
  'var(--kind-persona)',
  'var(--kind-location)',
  'var(--kind-book)',
  'var(--kind-act)',
  'var(--kind-thing)',
  'var(--soft)',
] as const
const height = 220

const wholeSteps = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat()

const dayName = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
const shortDay = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' })

interface PlotProps {
  title: string
  hint?: string
  series: Series
  /** @default bars for one line */
  as?: 'line'
  /** A line's name, for people. */
  nameOf?: (name: string) => string
  /** A value, for people. @default with separators */
  format?: (value: number) => string
}

/** Counts by day as a picture, and the same as a table. */
export default function Plot(props: PlotProps) {
  const id = createUniqueId()
  const lines = createMemo(() => merged(props.series))
  const nameOf = (name: string) => props.nameOf?.(name) ?? name
  const format = (value: number) => props.format?.(value) ?? value.toLocaleString(language)
  const isEmpty = () => lines().every(({ counts }) => counts.every((count) => count === 0))
  return (
    <Panel title={props.title} hint={props.hint}>
      <Show when={!isEmpty()} fallback={<p class="text-sm text-soft">{words.nothingInTheseDays}</p>}>
        <figure>
          <Show when={lines().length > 1}>
            <ul class="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
              <For each={lines()}>
                {(line, index) => (
                  <li class="flex items-center gap-2">
                    <svg class="size-3" viewBox="0 0 10 10" aria-hidden="true">
                      <circle cx="5" cy="5" r="5" fill={lineColors[index()]} />
                    </svg>
                    {nameOf(line.name)}
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <Picture {...props} lines={lines()} format={format} nameOf={nameOf} labelledBy={id} />
          <figcaption id={id} class="sr-only">
            {words.aboutThePlot(
              props.title,
              dayName.format(dateOf(props.series.days[0])),
              dayName.format(dateOf(props.series.days.at(-1))),
            )}
          </figcaption>
        </figure>
        <Table {...props} lines={lines()} format={format} nameOf={nameOf} />
      </Show>
    </Panel>
  )
}

type Lines = Series['lines']

interface PartProps extends PlotProps {
  lines: Lines
  format: (value: number) => string
  nameOf: (name: string) => string
}

function Picture(props: PartProps & { labelledBy: string }) {
  let place: HTMLDivElement | undefined
  let plot: uPlot | undefined
  const [shown, setShown] = createSignal<number | null>(null)
  const draw = () => {
    if (!place) return
    plot?.destroy()
    plot = make(place, props, setShown)
  }
  onMount(() => {
    draw()
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    // Its width, and the colours of light and dark, are its own to follow.
    const observer = new ResizeObserver(() => place && plot?.setSize({ width: place.clientWidth, height }))
    if (place) observer.observe(place)
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    scheme.addEventListener('change', draw)
    onCleanup(() => {
      observer.disconnect()
      theme.disconnect()
      scheme.removeEventListener('change', draw)
      plot?.destroy()
    })
  })
  createEffect(on(() => props.series, draw, { defer: true }))
  return (
    <>
      <div ref={(element) => (place = element)} class="w-full" role="img" aria-labelledby={props.labelledBy} />
      <p class="min-h-6 text-sm text-soft" aria-hidden="true">
        <Show when={shown()}>
          {(at) => (
            <>
              {dayName.format(dateOf(props.series.days[at()]))}:{' '}
              {props.lines
                .filter(({ counts }) => counts[at()])
                .map(({ name, counts }) => `${props.nameOf(name)} ${props.format(counts[at()] ?? 0)}`)
                .join(', ') || words.nothing}
            </>
          )}
        </Show>
      </p>
    </>
  )
}

function make(place: HTMLElement, props: PartProps, onShow: (index: number | null) => void): uPlot {
  const wanted = Object.fromEntries([...lineColors, 'var(--line)'].map((color) => [color, color]))
  const colors = resolveColors(place, wanted)
  const axis = { stroke: colors['var(--soft)'] ?? '', grid: { stroke: colors['var(--line)'] ?? '', width: 1 } }
  const isWhole = props.lines.every(({ counts }) => counts.every(Number.isInteger))
  // Bars of several lines would hide each other.
  const isLine = props.as === 'line' || props.lines.length > 1
  const paths = isLine ? uPlot.paths.linear?.() : uPlot.paths.bars?.({ size: [0.7, 40] })
  return new uPlot(
    {
      width: place.clientWidth,
      height,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
      axes: [
        { ...axis, grid: { show: false }, values: (_, values) => values.map((value) => shortDay.format(value * 1000)) },
        {
          ...axis,
          size: 72,
          // No halves of people.
          ...(isWhole && { incrs: wholeSteps }),
          values: (_, values) => values.map((value) => props.format(value)),
        },
      ],
      series: [
        {},
        ...props.lines.map((line, index) => {
          const stroke = colors[lineColors[index] ?? 'var(--soft)'] ?? ''
          return {
            label: line.name,
            stroke,
            ...(!isLine && { fill: stroke }),
            width: isLine ? 2 : 0,
            points: { show: false },
            ...(paths && { paths }),
          }
        }),
      ],
      hooks: { setCursor: [({ cursor }) => onShow(cursor.idx ?? null)] },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
    },
    [props.series.days.map((day) => dateOf(day).getTime() / 1000), ...props.lines.map(({ counts }) => [...counts])],
    place,
  )
}

function Table(props: PartProps) {
  const rows = () => props.series.days.map((day, index) => ({ day, index })).reverse()
  return (
    <details class="mt-2 text-sm">
      <summary class="min-h-6 text-soft">{words.asATable}</summary>
      <section class="mt-3 max-h-80 overflow-auto rounded-xl border border-line" aria-label={props.title} tabindex="0">
        <table class="w-full text-left">
          <thead class="sticky top-0 bg-card">
            <tr>
              <th class="px-4 py-2 font-medium" scope="col">
                {words.day}
              </th>
              <For each={props.lines}>
                {(line) => (
                  <th class="px-4 py-2 text-right font-medium" scope="col">
                    {props.nameOf(line.name)}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody class="divide-y divide-line tabular-nums">
            <For each={rows()}>
              {({ day, index }) => (
                <tr>
                  <th class="px-4 py-1.5 font-normal" scope="row">
                    {dayName.format(dateOf(day))}
                  </th>
                  <For each={props.lines}>
                    {({ counts }) => <td class="px-4 py-1.5 text-right">{props.format(counts[index] ?? 0)}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </details>
  )
}

/** The lines, those after the colours as one. */
function merged({ days, lines }: Series): Lines {
  if (lines.length <= lineColors.length) return lines
  const others = lines.slice(lineColors.length - 1)
  const counts = days.map((_, index) => others.reduce((sum, line) => sum + (line.counts[index] ?? 0), 0))
  return [...lines.slice(0, lineColors.length - 1), { name: words.others, counts }]
}

function dateOf(day: string | undefined): Date {
  return new Date(`${day}T00:00:00Z`)
}

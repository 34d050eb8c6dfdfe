import { createWindowVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import type { Row } from './createRows.ts'
import { GroupHeading } from './GroupHeading.tsx'
import { type LayoutProps, lookAt } from './layoutProps.ts'

/** Lines that are scrolled with the page, each with one entry or, for cards, several. */
export default function FlowLayout(
  props: LayoutProps & {
    /** How wide an entry is at least, in pixels; one in a line, if omitted. */
    least?: number
    /** How high a line is, about. */
    height: number
    lineClass: string
    children: (row: () => Row, index: () => number) => JSX.Element
    waiting: () => JSX.Element
  },
) {
  let container: HTMLDivElement | undefined
  const [width, setWidth] = createSignal(0)
  const [margin, setMargin] = createSignal(0)
  const perLine = () => (props.least ? Math.max(1, Math.floor((width() + 16) / (props.least + 16))) : 1)
  const lines = createMemo(() => props.linesOf(perLine()))
  const virtualizer = createWindowVirtualizer<HTMLDivElement>({
    get count() {
      return lines().count
    },
    estimateSize: () => props.height,
    get overscan() {
      // Short lists are whole, for the browser's own search.
      return lines().count <= 150 ? 150 : 6
    },
    get scrollMargin() {
      return margin()
    },
  })
  onMount(() => {
    const measure = () => {
      if (!container) return
      const { width: now, top } = container.getBoundingClientRect()
      setWidth(now)
      setMargin(top + scrollY)
    }
    measure()
    // What is above it may grow, such as the conditions.
    const observed = new ResizeObserver(measure)
    observed.observe(document.body)
    if (container) observed.observe(container)
    onCleanup(() => observed.disconnect())
  })
  createEffect(() =>
    lookAt(
      props.rows,
      virtualizer.getVirtualItems().map(({ index }) => lines().at(index)),
    ),
  )
  return (
    // biome-ignore lint/a11y/useSemanticElements: its children are lines, with several items each
    <div
      ref={(element) => {
        container = element
      }}
      class="relative"
      style={{ height: `${virtualizer.getTotalSize()}px` }}
      role="list"
      aria-label={props.kind.wording.many}
    >
      <For each={virtualizer.getVirtualItems()}>
        {(item) => {
          const line = () => lines().at(item.index)
          const places = () => {
            const { from = 0, to = 0 } = line()?.rows ?? {}
            return Array.from({ length: to - from }, (_, offset) => from + offset)
          }
          return (
            <div
              data-index={item.index}
              ref={(element) => queueMicrotask(() => virtualizer.measureElement(element))}
              role="presentation"
              class="absolute top-0 left-0 w-full"
              style={{ transform: `translateY(${item.start - margin()}px)` }}
            >
              <Show
                when={props.groups[line()?.group ?? -1]}
                fallback={
                  <div
                    role="presentation"
                    class={props.lineClass}
                    style={
                      props.least ? { 'grid-template-columns': `repeat(${perLine()}, minmax(0, 1fr))` } : undefined
                    }
                  >
                    <For each={places()}>
                      {(index) => (
                        <Show when={props.rows.at(index)} fallback={props.waiting()}>
                          {(row) => props.children(row, () => index)}
                        </Show>
                      )}
                    </For>
                  </div>
                }
              >
                {(group) => (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  <div role="listitem" class="pt-4 pb-1">
                    <h2 class="font-sans">
                      <GroupHeading
                        field={props.groupField}
                        group={group()}
                        isFolded={group().isFolded}
                        onToggle={() => props.onFold(line()?.group ?? 0)}
                      />
                    </h2>
                  </div>
                )}
              </Show>
            </div>
          )
        }}
      </For>
    </div>
  )
}

import { narrowest, pixelsOfRem, widest, withinBounds } from './columnWidths.ts'
import * as words from './words.ts'

/** How far the arrow keys move it, in rem; with Shift, so many times as far. */
const step = 1
const stride = 5

/**
 * The right edge of a column, which is dragged, or moved by the arrow keys. A double click makes all columns as wide as usual
 * (https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/).
 */
export function ColumnEdge(props: {
  label: string
  /** In rem. */
  width: number
  /** Called before the first change, so that all others stay as wide as they are. */
  onStart: () => void
  onChange: (width: number) => void
  onReset: () => void
}) {
  /** Where it was taken, and how wide the column was then. */
  let taken: { x: number; width: number } | undefined
  const onPointerDown = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (event.button !== 0) return
    event.preventDefault()
    props.onStart()
    event.currentTarget.setPointerCapture(event.pointerId)
    event.currentTarget.focus()
    taken = { x: event.clientX, width: props.width }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (taken) props.onChange(taken.width + (event.clientX - taken.x) / pixelsOfRem())
  }
  const onPointerUp = () => {
    taken = undefined
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const far = event.shiftKey ? stride : step
    const by = { ArrowLeft: -far, ArrowRight: far, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[
      event.key
    ]
    if (by === undefined) return
    event.preventDefault()
    props.onStart()
    props.onChange(props.width + by)
  }
  return (
    // A separator that can be moved has a value and the focus.
    // biome-ignore lint/a11y/useSemanticElements: <hr> is not allowed in a heading of a table, and has no value
    <div
      role="separator"
      tabindex="0"
      aria-orientation="vertical"
      aria-label={words.widthOf(props.label)}
      aria-valuenow={Math.round(withinBounds(props.width))}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      title={words.dragToMakeWider}
      class="group absolute inset-y-0 right-0 flex w-3 cursor-col-resize touch-none justify-end -outline-offset-2"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDblClick={() => props.onReset()}
      onKeyDown={onKeyDown}
    >
      <span class="my-2 w-px bg-line group-hover:w-0.5 group-hover:bg-accent group-focus-visible:w-0.5 group-focus-visible:bg-accent" />
    </div>
  )
}

import type { Row } from './createRows.ts'
import type { Selection } from './createSelection.ts'
import * as words from './words.ts'

/** Selects a row; with Shift, also those since the one before. */
export function SelectBox(props: { row: Row; index: number; selection: Selection; class?: string }) {
  let isRange = false
  return (
    <label class={`grid size-9 cursor-pointer place-items-center ${props.class ?? ''}`}>
      <input
        type="checkbox"
        class="size-4.5 cursor-pointer accent-(--accent)"
        aria-label={words.selectNamed(props.row.displayName)}
        checked={props.selection.has(props.row.id)}
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onClick={(event) => {
          isRange = event.shiftKey
        }}
        onChange={() => props.selection.toggle(props.index, isRange)}
      />
    </label>
  )
}

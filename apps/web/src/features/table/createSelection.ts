import { createSignal } from 'solid-js'
import type { Row, Rows } from './createRows.ts'

/** Which rows are selected. */
export function createSelection(rows: Rows) {
  const [selected, setSelected] = createSignal<ReadonlyMap<string, Row>>(new Map())
  /** From where a range is selected. */
  let anchor: number | undefined
  const put = (chosen: readonly Row[], isSelected: boolean) => {
    const next = new Map(selected())
    for (const row of chosen) {
      if (isSelected) next.set(row.id, { ...row })
      else next.delete(row.id)
    }
    setSelected(next)
  }
  return {
    selected,
    has: (id: string) => selected().has(id),
    /** @param isRange whether everything since the one before is meant */
    toggle: (index: number, isRange: boolean) => {
      const row = rows.at(index)
      if (!row) return
      const isSelected = !selected().has(row.id)
      const [from, to] =
        isRange && anchor !== undefined ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index]
      const meant = Array.from({ length: to - from + 1 }, (_, offset) => rows.at(from + offset))
      put(
        meant.filter((each) => each !== undefined),
        isSelected,
      )
      anchor = index
    },
    putAll: (all: readonly Row[]) => put(all, true),
    clear: () => {
      anchor = undefined
      setSelected(new Map())
    },
  }
}

export type Selection = ReturnType<typeof createSelection>

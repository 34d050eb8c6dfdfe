import type { TableField } from '@worldloom/schema/entity/tableFields'
import type { Kind } from '../../lib/kinds.ts'
import type { Rows } from './createRows.ts'
import type { Selection } from './createSelection.ts'
import type { ShownGroup } from './GroupHeading.tsx'
import type { Line, Lines } from './lines.ts'

/** What each layout of a list gets. */
export interface LayoutProps {
  kind: Kind
  worldId: string
  rows: Rows
  selection: Selection
  /** Whether rows can be selected. */
  isSelectable: boolean
  linesOf: (perLine: number) => Lines
  groups: readonly (ShownGroup & { readonly isFolded: boolean })[]
  groupField: TableField | undefined
  onFold: (group: number) => void
}

/** Reads the rows of the lines that are looked at. */
export function lookAt(rows: Rows, lines: readonly (Line | undefined)[]): void {
  const looked = lines.flatMap((line) => (line?.rows ? [line.rows] : []))
  const [first, last] = [looked[0], looked.at(-1)]
  if (first && last) rows.look(first.from, last.to)
}

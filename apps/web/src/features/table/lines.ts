/** A group of a table: as many of its rows as follow each other, and whether they are hidden. */
export interface Group {
  readonly count: number
  readonly isFolded: boolean
}

/** A line of what is scrolled: the heading of a group, or some rows. */
export type Line =
  | { readonly group: number; readonly rows?: undefined }
  | { readonly group?: undefined; readonly rows: { readonly from: number; readonly to: number } }

export interface Lines {
  readonly count: number
  at(index: number): Line | undefined
  /** The line that has a row; undefined if its group is folded. */
  lineOf(row: number): number | undefined
}

interface Section {
  readonly group: number | undefined
  /** Its first line, with its heading. */
  readonly line: number
  /** The first line after it. */
  readonly end: number
  /** Its first row. */
  readonly row: number
  readonly rows: number
}

/** The lines of a table without groups, or of one with groups, of which each has a heading. @param perLine how many rows there are in a line */
export function linesOf(total: number, groups: readonly Group[], perLine: number): Lines {
  const sections: Section[] = []
  const isGrouped = groups.length > 0
  let [line, row] = [0, 0]
  for (const [index, { count, isFolded }] of (isGrouped ? groups : [{ count: total, isFolded: false }]).entries()) {
    const end = line + (isGrouped ? 1 : 0) + (isFolded ? 0 : Math.ceil(count / perLine))
    sections.push({ group: isGrouped ? index : undefined, line, end, row, rows: isFolded ? 0 : count })
    line = end
    row += count
  }
  const sectionAt = (index: number) => sections[lastBefore(sections, (section) => section.line <= index)]
  return {
    count: line,
    at(index) {
      const section = sectionAt(index)
      if (!section || index < 0 || index >= section.end) return undefined
      if (section.group !== undefined && index === section.line) return { group: section.group }
      const from = section.row + (index - section.line - (section.group === undefined ? 0 : 1)) * perLine
      return { rows: { from, to: Math.min(from + perLine, section.row + section.rows) } }
    },
    lineOf(wanted) {
      const section = sections[lastBefore(sections, (each) => each.row <= wanted)]
      if (!section || wanted >= section.row + section.rows) return undefined
      return section.line + (section.group === undefined ? 0 : 1) + Math.floor((wanted - section.row) / perLine)
    },
  }
}

/** The index of the last item that a condition is true of, where it is true of the first ones only. */
function lastBefore<Item>(items: readonly Item[], isTrue: (item: Item) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isTrue(items[middle] as Item))
      low = middle + 1 // within the list
    else high = middle
  }
  return low - 1
}

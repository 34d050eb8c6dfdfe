import type { EditorView } from '@codemirror/view'
import * as words from './words.ts'

/** Puts marks around what is selected, or takes them away if they are there. */
export function toggleMark(mark: string) {
  return (view: EditorView): boolean => {
    const { state } = view
    const { from, to } = state.selection.main
    const size = mark.length
    const isMarked =
      state.sliceDoc(from - size, from) === mark &&
      state.sliceDoc(to, to + size) === mark &&
      // “*” is also a part of “**”.
      state.sliceDoc(from - size - 1, from - size) !== mark
    view.dispatch(
      isMarked
        ? {
            changes: [
              { from: from - size, to: from },
              { from: to, to: to + size },
            ],
          }
        : {
            changes: [
              { from, insert: mark },
              { from: to, insert: mark },
            ],
            selection: { anchor: from + size, head: to + size },
          },
    )
    return true
  }
}

/** Makes the lines that are selected headings, a list or a quote, or plain again if they are that. */
export function toggleLines(prefix: string) {
  return (view: EditorView): boolean => {
    const { doc, selection } = view.state
    const first = doc.lineAt(selection.main.from).number
    const last = doc.lineAt(selection.main.to).number
    const lines = Array.from({ length: last - first + 1 }, (_, index) => doc.line(first + index))
    const isAll = lines.every(({ text }) => text.startsWith(prefix))
    const changes = view.state.changes(
      lines.map(({ from, text }) => {
        if (isAll) return { from, to: from + prefix.length }
        const known = /^(#{1,6} |[-*] |> )?/.exec(text)?.[0] ?? ''
        return { from, to: from + known.length, insert: prefix }
      }),
    )
    // The caret at the beginning of a line stays before its words.
    view.dispatch({ changes, selection: selection.map(changes, 1) })
    return true
  }
}

/** A table with two columns, and the first of its headings selected. */
export function insertTable(view: EditorView): boolean {
  const { state } = view
  const line = state.doc.lineAt(state.selection.main.head)
  const before = line.text === '' ? '' : '\n\n'
  const at = line.text === '' ? line.from : line.to
  const insert = `${before}| Column | Column |\n| --- | --- |\n|  |  |\n`
  const anchor = at + before.length + 2
  view.dispatch({ changes: { from: at, insert }, selection: { anchor, head: anchor + words.column.length } })
  view.focus()
  return true
}

import * as words from './words.ts'
/** The moves within an item's own list: up and down. */
export function listMoves(ids: readonly string[], id: string): { label: string; afterId: string | null }[] {
  const index = ids.indexOf(id)
  const below = ids[index + 1]
  return [
    ...(index > 0 ? [{ label: words.moveUp, afterId: ids[index - 2] ?? null }] : []),
    ...(below ? [{ label: words.moveDown, afterId: below }] : []),
  ]
}

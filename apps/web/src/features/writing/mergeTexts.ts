import { diff3Merge } from 'node-diff3'

/**
 * Both changes to a text in one, by lines; undefined if they are to the same lines. Where a paragraph is one line, as in
 * most Markdown, that is by paragraphs.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | undefined {
  if (mine === theirs || theirs === base) return mine
  if (mine === base) return theirs
  const lines = (text: string) => text.split('\n')
  const regions = diff3Merge(lines(mine), lines(base), lines(theirs), { excludeFalseConflicts: true })
  if (regions.some(({ conflict }) => conflict)) return undefined
  return regions.flatMap(({ ok = [] }) => ok).join('\n')
}

import { mentionPattern, withoutMentions } from '@worldloom/schema'
import type { Nodes, Parents } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'

/** What a text mentions. */
export interface Mentioned {
  /** The first sentence that mentions it, as plain text. */
  readonly sentence: string
  readonly count: number
}

const maxSentence = 300

/** The entries that a Markdown text mentions, by id. Code is left alone. */
export function mentionsIn(text: string): Map<string, Mentioned> {
  const found = new Map<string, Mentioned>()
  // By far the most texts mention nothing, and parsing takes a while.
  if (!text.includes('](entry:')) return found
  for (const { start, end } of proseOf(text)) {
    const prose = text.slice(start, end)
    for (const match of prose.matchAll(mentionPattern)) {
      const id = match[3]?.toLowerCase() ?? ''
      const known = found.get(id)
      const sentence = known?.sentence ?? sentenceAround(prose, match.index, match[0].length)
      found.set(id, { sentence, count: (known?.count ?? 0) + 1 })
    }
  }
  return found
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Where the paragraphs and headings of a text are, without the code in them. */
export function proseOf(text: string): Range[] {
  return collect(fromMarkdown(text), text)
}

function collect(node: Nodes, text: string): Range[] {
  if (node.type === 'paragraph' || node.type === 'heading') return withoutCode(node)
  return 'children' in node ? node.children.flatMap((child) => collect(child, text)) : []
}

function withoutCode(block: Parents): Range[] {
  const end = offsetOf(block, 'end')
  let start = offsetOf(block, 'start')
  const ranges: Range[] = []
  for (const { from, to } of codeIn(block)) {
    if (from > start) ranges.push({ start, end: from })
    start = to
  }
  if (end > start) ranges.push({ start, end })
  return ranges
}

function codeIn(node: Nodes): { from: number; to: number }[] {
  if (node.type === 'inlineCode' || node.type === 'html') {
    return [{ from: offsetOf(node, 'start'), to: offsetOf(node, 'end') }]
  }
  return 'children' in node ? node.children.flatMap(codeIn) : []
}

/** Where links and images are: their words are not names to be found. */
export function linksIn(text: string): Range[] {
  const inNode = (node: Nodes): Range[] => {
    if (['link', 'linkReference', 'image', 'imageReference', 'definition'].includes(node.type)) {
      return [{ start: offsetOf(node, 'start'), end: offsetOf(node, 'end') }]
    }
    return 'children' in node ? node.children.flatMap(inNode) : []
  }
  return inNode(fromMarkdown(text))
}

function offsetOf({ position }: Nodes, end: 'start' | 'end'): number {
  return position?.[end].offset ?? 0
}

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })

function sentenceAround(prose: string, index: number, length: number): string {
  // Of long paragraphs, only what is around: segmenting takes time.
  const from = Math.max(0, index - 2 * maxSentence)
  const around = prose.slice(from, index + length + 2 * maxSentence)
  const at = index - from
  let sentence = around
  for (const { segment, index: start } of sentences.segment(around)) {
    if (start <= at && at < start + segment.length) {
      // A sentence does not end within a mention.
      const end = Math.max(start + segment.length, at + length)
      sentence = around.slice(start, end)
      break
    }
  }
  const plain = withoutMentions(sentence)
    .replaceAll(/[*_`#>]+/g, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return plain.length > maxSentence ? `${plain.slice(0, maxSentence).toWellFormed()}…` : plain
}

import { hash } from 'node:crypto'
import { mentionPattern } from '@worldloom/schema/mentionText'
import type { ReadableBrief } from '@worldloom/worlds'
import { raw } from 'hono/html'
import { LRUCache } from 'lru-cache'
import { Marked, type Tokens } from 'marked'
import sanitize from 'sanitize-html'
import { entryPath, imagePath } from './paths.ts'

/** The ids of the entries that texts mention. */
export function mentionedIn(...texts: readonly string[]): string[] {
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(mentionPattern)].map(([, , , id = '']) => id.toLowerCase()))),
  ]
}

/**
 * Markdown as HTML without scripts, styles, frames or forms, with headings below those of the page. Mentions lead to the
 * pages of entries that may be read, and are plain words otherwise.
 *
 * @param known the entries that it mentions and that may be read
 * @param level that of its highest heading
 */
export function renderText(text: string, worldId: string, known: ReadonlyMap<string, ReadableBrief>, level: 2 | 4 = 2) {
  const names = mentionedIn(text).map((id) => [id, known.get(id)?.kind, known.get(id)?.title])
  const key = hash('sha256', JSON.stringify([worldId, level, names, text]))
  let made = rendered.get(key)
  if (made === undefined) {
    made = render(text, worldId, known, level)
    rendered.set(key, made)
  }
  return raw(made)
}

/** What was rendered lately, as a long text takes a tenth of a second: up to 20 million characters. */
const rendered = new LRUCache<string, string>({ maxSize: 20_000_000, sizeCalculation: (made) => made.length + 1 })

function render(text: string, worldId: string, known: ReadonlyMap<string, ReadableBrief>, level: number): string {
  let highest = 6
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const shown = Math.min(level + depth - highest, 6)
        return `<h${shown}>${this.parser.parseInline(tokens)}</h${shown}>`
      },
      link({ href, title, text: label, tokens }: Tokens.Link) {
        const id = mentionedId(href)
        const words = this.parser.parseInline(tokens)
        if (!id) return false
        const entry = known.get(id)
        if (!entry) return words.replace(/^@/, '')
        const shown = label.startsWith('@')
          ? sanitize(entry.title, { allowedTags: [], disallowedTagsMode: 'escape' })
          : words
        return `<a href="${entryPath(worldId, entry)}"${title ? ` title="${title.replaceAll('"', '&quot;')}"` : ''}>${shown}</a>`
      },
      image({ href, text: label }: Tokens.Image) {
        const id = mentionedId(href)
        const alt = label.replace(/^@/, '').replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
        // Images of other sites would tell those who reads here.
        if (!id) return `<a href="${href.replaceAll('"', '&quot;')}">${alt || 'Image'}</a>`
        return known.get(id)?.kind === 'image'
          ? `<img src="${imagePath(worldId, id, 'large')}" alt="${alt}" loading="lazy">`
          : alt
      },
    },
  })
  const tokens = marked.lexer(text)
  for (const token of tokens) if (token.type === 'heading') highest = Math.min(highest, token.depth)
  return sanitize(marked.parser(tokens), allowed)
}

function mentionedId(href: string): string | undefined {
  return /^entry:([0-9a-f-]{36})$/i.exec(href)?.[1]?.toLowerCase()
}

const allowed: sanitize.IOptions = {
  allowedTags: [...sanitize.defaults.allowedTags, 'img', 'del', 'ins', 'details', 'summary', 'input'],
  allowedAttributes: {
    a: ['href', 'title', 'rel'],
    img: ['src', 'alt', 'title', 'loading'],
    th: ['align'],
    td: ['align'],
    ol: ['start'],
    // The boxes of task lists.
    input: [{ name: 'type', values: ['checkbox'] }, 'checked', 'disabled'],
    '*': ['dir', 'lang'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  // Of images, only those that the renderer has put there.
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'img' ? !attribs.src?.startsWith('/read/') : tag === 'input' && attribs.type !== 'checkbox',
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, ...(/^https?:/i.test(attribs.href ?? '') && { rel: 'noopener noreferrer nofollow ugc' }) },
    }),
    input: (tagName, attribs) => ({ tagName, attribs: { ...attribs, disabled: '' } }),
  },
}

import DOMPurify from 'dompurify'
import { Marked, type Tokens } from 'marked'

/** The page of an entry that is cited by id; undefined if no tool result contained it. */
export type PathOf = (entityId: string) => string | undefined

/** The blocks of a Markdown text. While it grows, only the last one changes. */
export function blocksOf(text: string): string[] {
  return new Marked({ gfm: true })
    .lexer(text)
    .filter(({ type }) => type !== 'space')
    .map(({ raw }) => raw)
}

/**
 * A model's text as inert HTML: no scripts, styles, frames or forms, and nothing is loaded. Images are removed too, as
 * text in a world could make the model leak what it read through an image's URL. Links lead to entries that were looked
 * up; all others open in a new tab without access to this one.
 */
export function renderAnswer(markdown: string, pathOf: PathOf): string {
  const renderer = new Marked({
    gfm: true,
    renderer: {
      html: ({ text }) => escaped(text),
      image: ({ text }) => escaped(text),
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens)
        const path = href.startsWith('entity:') ? pathOf(href.slice('entity:'.length)) : undefined
        if (path) return `<a href="${escaped(path)}" data-entry="">${text}</a>`
        if (!/^https?:\/\//i.test(href)) return text
        return `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer nofollow" title="${escaped(href)}">${text}</a>`
      },
    },
  })
  return DOMPurify.sanitize(renderer.parse(markdown, { async: false }), {
    USE_PROFILES: { html: true },
    ALLOWED_TAGS: [
      ...['p', 'br', 'hr', 'em', 'strong', 'del', 'a', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li'],
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ],
    ALLOWED_ATTR: ['href', 'target', 'rel', 'title', 'data-entry', 'start', 'align'],
  })
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

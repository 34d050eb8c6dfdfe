import DOMPurify from 'dompurify'
import { Marked, type Tokens } from 'marked'

/** Where an entry is that is cited by its id; undefined where no tool told of it. */
export type PathOf = (entityId: string) => string | undefined

/** The blocks of a Markdown text: while it grows, only the last of them changes. */
export function blocksOf(text: string): string[] {
  return new Marked({ gfm: true })
    .lexer(text)
    .filter(({ type }) => type !== 'space')
    .map(({ raw }) => raw)
}

/**
 * What a model wrote, as HTML that runs, styles, frames, loads and asks nothing. It has no pictures either: by the
 * address of one, text in a world could make the model tell others what it read. Links lead to entries that were looked
 * up, and elsewhere only in a new tab that knows nothing of this one.
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

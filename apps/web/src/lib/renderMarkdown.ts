import DOMPurify from 'dompurify'
import { marked } from 'marked'

/** @returns HTML without anything that runs, styles, frames or asks */
export function renderMarkdown(text: string): string {
  const html = marked.parse(text, { async: false, gfm: true })
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select'],
    FORBID_ATTR: ['style', 'class', 'id', 'name'],
  })
}

import type DOMPurify from 'dompurify'
import type { Marked } from 'marked'
import { importWhenIdle, whenIdle } from './idle.ts'

interface Libraries {
  readonly marked: Pick<Marked, 'parse'>
  readonly purify: typeof DOMPurify
}

let libraries: Promise<Libraries> | undefined

async function load(): Promise<Libraries> {
  const { marked } = await importWhenIdle(() => import('marked'))
  const { default: purify } = await importWhenIdle(() => import('dompurify'))
  return { marked, purify }
}

/**
 * Renders in two tasks, and loads its libraries at the first use, so that it does not hold up the page.
 *
 * @returns HTML without scripts, styles, frames or forms
 */
export async function renderMarkdown(text: string): Promise<string> {
  libraries ??= load().catch((error: unknown) => {
    // The next call tries again.
    libraries = undefined
    throw error
  })
  const { marked, purify } = await libraries
  const html = marked.parse(text, { async: false, gfm: true })
  await whenIdle()
  return purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select'],
    FORBID_ATTR: ['style', 'class', 'id', 'name'],
  })
}

import { previewSize } from '@worldloom/images'
import { capitalized, type EntityKind, entities } from '@worldloom/schema'
import { html, raw } from 'hono/html'
import { kindPath, worldPath } from './paths.ts'
import type { ReadingIn, Terms } from './terms.ts'

export type Html = ReturnType<typeof html>

/** What a page of the reading side is made of. */
export interface ReadingPage {
  readonly title: string
  /** For search engines and the previews of links. */
  readonly description: string
  /** Its address, without the host. */
  readonly path: string
  /** That of the picture for previews of links, without the host. */
  readonly preview?: string | undefined
  readonly content: Html
}

/** What is around the content of a page. */
export interface Surroundings {
  readonly publicUrl: string
  readonly css: string | undefined
  readonly theme: string | undefined
  readonly terms: Terms
  /** The world, and how much of each kind there is to read. Without one, there is only the content. */
  readonly reading?: ReadingIn | undefined
  readonly counts?: ReadonlyMap<EntityKind, number> | undefined
  readonly hasMaps?: boolean
  readonly isSignedIn: boolean
}

/** The kinds with lists of their own. Those that are always in another, as scenes in acts, are read there. */
export const listedKinds: readonly EntityKind[] = Object.values(entities)
  .filter(({ parent }) => !parent?.required)
  .map(({ kind }) => kind)

/** Those that a world's own page shows: images are seen where they belong. */
export const frontKinds = listedKinds.filter((kind) => kind !== 'image')

export function renderPage(page: ReadingPage, around: Surroundings): string {
  const { publicUrl, css, theme, reading, terms } = around
  const address = publicUrl + page.path
  const picture = page.preview && publicUrl + page.preview
  return String(html`<!doctype html>
<html lang="${terms.language}"${theme ? raw(` data-theme="${theme}"`) : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<meta property="og:title" content="${page.title}">
<meta property="og:description" content="${page.description}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="Worldloom">
<meta property="og:url" content="${address}">
<link rel="canonical" href="${address}">
${picture ? html`<meta property="og:image" content="${picture}"><meta property="og:image:width" content="${previewSize.width}"><meta property="og:image:height" content="${previewSize.height}"><meta property="og:image:alt" content="${page.title}"><meta name="twitter:card" content="summary_large_image">` : ''}
${reading && !reading.isPublic ? html`<meta name="robots" content="noindex">` : ''}
<link rel="icon" href="/favicon.svg">
${css === undefined ? html`<link rel="stylesheet" href="/src/reading.css">` : html`<style>${raw(css)}</style>`}
</head>
<body>
<a class="skip" href="#content">${terms.words.skipToTheContent}</a>
${reading ? header(reading, page.path, around) : ''}
<main id="content">
${page.content}
</main>
<footer class="end">${terms.words.madeWithWorldloom}</footer>
</body>
</html>
`)
}

function header(reading: ReadingIn, path: string, { counts, hasMaps, isSignedIn }: Surroundings): Html {
  const { world, only, isMember, terms } = reading
  const { words, kinds } = terms
  const current = (address: string) => (path === address ? raw(' aria-current="page"') : '')
  const links = listedKinds
    .filter((kind) => (counts?.get(kind) ?? 0) > 0)
    .map((kind) => [kindPath(world.id, kind), capitalized(kinds[kind].wording.many)] as const)
  if (hasMaps) links.push([`${worldPath(world.id)}/maps`, words.maps])
  const studio = path.replace(/^\/read\//, '/worlds/')
  return html`<header class="top"><div class="bar">
<a class="name" href="${worldPath(world.id)}"${current(worldPath(world.id))}><bdi>${world.displayName}</bdi></a>
<nav aria-label="${words.inThisWorld}">${links.map(([address, label]) => html`<a href="${address}"${current(address)}>${label}</a>`)}</nav>
<div class="side">
${
  only
    ? ''
    : html`<form class="search" role="search" action="${worldPath(world.id)}/search"><label class="hidden" for="q">${words.searchThisWorld}</label><input id="q" name="q" type="search" placeholder="${words.search}" required></form>`
}
${isMember ? html`<a href="${studio}">${words.openInTheStudio}</a>` : isSignedIn ? '' : html`<a href="/sign-in?redirect=${encodeURIComponent(studio)}">${words.signIn}</a>`}
</div></div></header>`
}

/** As much of a text as a preview of a link shows, without Markdown and HTML. */
export function summaryOf(...texts: readonly string[]): string {
  const text = texts.find((each) => each.trim() !== '') ?? ''
  const plain = text
    .replace(/<[^<>]*>/g, '')
    .replace(/!?\[@?([^\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1')
    .replace(/[#>*_`|]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length <= 200 ? plain : `${plain.slice(0, 199).replace(/\s+\S*$/, '')} …`
}

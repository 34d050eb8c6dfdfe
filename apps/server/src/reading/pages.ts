import {
  type Calendar,
  capitalized,
  type EntityKind,
  formatWorldDate,
  gregorianCalendar,
  wholeEntry,
} from '@worldloom/schema'
import { horizonSvg } from '@worldloom/schema/horizon'
import { languageTags } from '@worldloom/schema/languageTags'
import type {
  ReadableAct,
  ReadableBrief,
  ReadableConnection,
  ReadableEntry,
  ReadableMap,
  ReadableScene,
  ShownShareLink,
} from '@worldloom/worlds'
import { html, raw } from 'hono/html'
import { frontKinds, type Html } from './layout.ts'
import { renderText } from './markdown.ts'
import { entryPath, imagePath, kindPath, mapPath, textPath, worldPath } from './paths.ts'
import type { ReadingIn, Terms } from './terms.ts'

type Known = ReadonlyMap<string, ReadableBrief>

const nothing = html``

/** For what authors wrote; the words of the pages themselves are in the visitor's language. */
function inLanguage(language: string): Html {
  const tag = languageTags[language]
  return tag ? html` lang="${tag}" dir="auto"` : html` dir="auto"`
}

/** Shown as it is in its world: the horizon made from its id. */
function hero(worldId: string, words: Html): Html {
  const picture = raw(
    `<svg viewBox="0 0 400 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${horizonSvg(worldId)}</svg>`,
  )
  return html`<div class="hero">${picture}<div>${words}</div></div>`
}

export function worldPage(
  { world, terms }: ReadingIn,
  known: Known,
  lists: ReadonlyMap<EntityKind, readonly ReadableBrief[]>,
  counts: ReadonlyMap<EntityKind, number>,
): Html {
  return html`${hero(world.id, html`<h1><bdi>${world.displayName}</bdi></h1>${world.description ? html`<p class="lead">${world.description}</p>` : ''}`)}
${world.body ? html`<section class="section"><div class="text"${inLanguage(world.language)}>${renderText(world.body, world.id, known)}</div></section>` : ''}
${frontKinds.map((kind) => {
  const shown = lists.get(kind) ?? []
  const count = counts.get(kind) ?? 0
  const { many } = terms.kinds[kind].wording
  return shown.length === 0
    ? nothing
    : html`<section class="section"><header><h2>${capitalized(many)}</h2>${count > shown.length ? html`<a href="${kindPath(world.id, kind)}">${terms.words.allOf(count, many)}</a>` : ''}</header>${cards(terms, world.id, shown, 3)}</section>`
})}
${counts.size === 0 ? html`<p class="section soft">${terms.words.nothingElse}</p>` : ''}`
}

/** What somebody with links to single entries sees in place of the world. */
export function sharedPage({ world, terms }: ReadingIn, entries: readonly ReadableBrief[]): Html {
  return html`${hero(world.id, html`<p class="kind">${terms.words.fromTheWorld}</p><h1><bdi>${world.displayName}</bdi></h1>`)}
<section class="section"><header><h2>${terms.words.sharedWithYou}</h2></header>${cards(terms, world.id, entries, 3)}</section>`
}

export function listPage(
  { world, terms }: ReadingIn,
  kind: EntityKind,
  entries: readonly ReadableBrief[],
  { page, count, size }: { readonly page: number; readonly count: number; readonly size: number },
): Html {
  const { many } = terms.kinds[kind].wording
  const to = (number: number) => `${kindPath(world.id, kind)}${number > 1 ? `?page=${number}` : ''}`
  return html`<h1>${capitalized(many)}</h1>
<p class="soft">${count === 0 ? terms.words.noneToRead(many) : count > size ? terms.words.part((page - 1) * size + 1, Math.min(page * size, count), count) : ''}</p>
<div class="section">${cards(terms, world.id, entries, 2)}</div>
${count > size ? html`<nav class="pages" aria-label="${terms.words.pages}">${page > 1 ? html`<a rel="prev" href="${to(page - 1)}">${terms.words.previousPage}</a>` : html`<span></span>`}${page * size < count ? html`<a rel="next" href="${to(page + 1)}">${terms.words.nextPage}</a>` : ''}</nav>` : ''}`
}

export function searchPage({ world, terms }: ReadingIn, text: string, found: readonly ReadableBrief[]): Html {
  return html`<h1>${terms.words.search}</h1>
<p class="lead">${found.length === 0 ? terms.words.nothingIsCalled(text) : terms.words.foundFor(found.length, text)}</p>
<div class="section">${cards(terms, world.id, found, 2, true)}</div>`
}

/** @param level of their headings: one below that of what they are in */
function cards(
  terms: Terms,
  worldId: string,
  entries: readonly ReadableBrief[],
  level: 2 | 3,
  showsKind = false,
): Html {
  const pictureOf = ({ kind, id, coverId }: ReadableBrief) => (kind === 'image' ? id : coverId)
  // Beside cards with pictures, those without have a letter there.
  const arePictured = entries.some((entry) => pictureOf(entry) !== null)
  return html`<ul class="cards">${entries.map((entry) => {
    const { kind, title, description } = entry
    const picture = pictureOf(entry)
    return html`<li><a href="${entryPath(worldId, entry)}">${
      picture
        ? html`<img src="${imagePath(worldId, picture, 'small')}" alt="" loading="lazy" width="640" height="480">`
        : arePictured
          ? html`<span class="blank" aria-hidden="true">${firstLetter(title)}</span>`
          : ''
    }<div class="words">${showsKind ? html`<span class="soft">${capitalized(terms.kinds[kind].wording.one)}</span>` : ''}${cardTitle(level, title)}${description ? html`<p>${description}</p>` : ''}</div></a></li>`
  })}</ul>`
}

function cardTitle(level: 2 | 3, title: string): Html {
  return level === 2 ? html`<h2><bdi>${title}</bdi></h2>` : html`<h3><bdi>${title}</bdi></h3>`
}

/** Of the first word that is no article. */
function firstLetter(title: string): string {
  const [first = ''] =
    new Intl.Segmenter()
      .segment(title.replace(/^(?:the|an?)\s+/i, ''))
      [Symbol.iterator]()
      .next().value?.segment ?? ''
  return first.toUpperCase()
}

export interface EntryParts {
  readonly entry: ReadableEntry
  readonly known: Known
  readonly connections: readonly ReadableConnection[]
  /** Of a story. */
  readonly acts: readonly ReadableAct[]
  /** Of a book. */
  readonly stories: readonly ReadableBrief[]
  /** The story that it is in. */
  readonly story: ReadableBrief | undefined
}

export function entryPage({ world, terms }: ReadingIn, parts: EntryParts): Html {
  const { entry, known, connections, acts, stories, story } = parts
  const { definition, spoilers, coverId, kind } = entry
  const calendar = world.calendar ?? gregorianCalendar
  const facts = factsOf(terms, entry, known, calendar, world.id)
  const hides = (field: string, content: Html) =>
    field in spoilers ? spoiler(terms, known.get(spoilers[field] ?? ''), content) : content
  const isPictured = kind !== 'image' && coverId !== null && known.has(coverId)
  const hasScenes = acts.some(({ scenes }) => scenes.length > 0)
  // Not again what the facts and the contents have.
  const own = connections.filter(
    ({ other }) =>
      !referenceIds(entry).includes(other.id) &&
      !(kind === 'story' && other.kind === 'act') &&
      !(kind === 'book' && other.kind === 'story'),
  )
  const content = html`
${entry.description ? hides('description', html`<p class="lead">${entry.description}</p>`) : ''}
${
  hasScenes || (story && kind === 'scene')
    ? html`<div class="actions"><a class="button" href="${story ? textPath(world.id, story.id, entry.id) : textPath(world.id, entry.id)}">${story ? terms.words.readItInItsStory : terms.words.readTheStory}</a></div>`
    : ''
}
<div class="section entry${isPictured || facts.length > 0 ? ' beside' : ''}"><div>
${kind === 'image' ? html`<figure class="picture"><a href="${imagePath(world.id, entry.id, 'original')}"><img src="${imagePath(world.id, entry.id, 'large')}" alt="${entry.description || entry.title}"></a></figure>` : ''}
${entry.body ? hides('body', html`<div class="text"${inLanguage(world.language)}>${renderText(entry.body, world.id, known)}</div>`) : ''}
${hasScenes ? contents(terms, world.id, entry.id, acts) : ''}
${stories.length > 0 ? html`<section><h2 class="hidden">${terms.words.stories}</h2>${cards(terms, world.id, stories, 3)}</section>` : ''}
${own.length > 0 ? linked(terms, world.id, own, calendar) : ''}
</div>
${isPictured || facts.length > 0 ? html`<aside class="aside" aria-label="${terms.words.facts}">${isPictured ? html`<img src="${imagePath(world.id, coverId, 'small')}" alt="">` : ''}${facts.length > 0 ? html`<dl class="facts">${facts}</dl>` : ''}</aside>` : ''}
</div>`
  return html`<article>
<p class="kind">${story ? html`${terms.words.ofStory(capitalized(definition.wording.one))} <a href="${entryPath(world.id, story)}">${story.title}</a>` : html`<a href="${kindPath(world.id, kind)}">${capitalized(definition.wording.one)}</a>`}</p>
<h1><bdi>${entry.title}</bdi></h1>
${hides(wholeEntry, content)}
</article>`
}

/** What gives away what is only known later is shown once the reader asks for it. */
function spoiler(terms: Terms, until: ReadableBrief | undefined, content: Html): Html {
  return html`<details class="spoiler"><summary>${until ? terms.words.givesAwayFrom(until.title) : terms.words.givesAwayTheStory}</summary>${content}</details>`
}

function factsOf(terms: Terms, entry: ReadableEntry, known: Known, calendar: Calendar, worldId: string): Html[] {
  const { definition, own, spoilers } = entry
  return Object.entries(definition.fields).flatMap(([name, { label, control, initial, isPlan }]) => {
    const value = own[name]
    if (isPlan) return []
    if (typeof value !== 'string' || value === '' || (control.as === 'choice' && value === initial)) return []
    const shown =
      control.as === 'reference'
        ? referred(worldId, known.get(value))
        : html`${control.as === 'choice' ? control.options[value] : control.as === 'worldDate' ? formatWorldDate(calendar, value) : value}`
    if (!shown) return []
    const content = name in spoilers ? spoiler(terms, known.get(spoilers[name] ?? ''), shown) : shown
    return [html`<div><dt>${label}</dt><dd>${content}</dd></div>`]
  })
}

/** The entries that its own fields name. */
export function referenceIds({ definition, own }: ReadableEntry): string[] {
  return Object.entries(definition.fields).flatMap(([name, { control }]) =>
    control.as === 'reference' && typeof own[name] === 'string' ? [own[name]] : [],
  )
}

function referred(worldId: string, entry: ReadableBrief | undefined): Html | undefined {
  return entry && html`<a href="${entryPath(worldId, entry)}">${entry.title}</a>`
}

function linked(terms: Terms, worldId: string, connections: readonly ReadableConnection[], calendar: Calendar): Html {
  const groups = [...Map.groupBy(connections, ({ label }) => label)]
  return html`<section class="section"><header><h2>${terms.words.connectedWith}</h2></header><div class="linked">${groups.map(
    ([label, items]) =>
      html`<div><h3>${capitalized(label)}</h3><ul>${items.map(({ other, beganOn, endedOn }) => {
        const when = periodOf(terms, calendar, beganOn, endedOn)
        return html`<li><a href="${entryPath(worldId, other)}"><bdi>${other.title}</bdi></a>${when ? html` <span class="soft">${when}</span>` : ''}</li>`
      })}</ul></div>`,
  )}</div></section>`
}

function periodOf({ words }: Terms, calendar: Calendar, beganOn: string | null, endedOn: string | null): string {
  const from = beganOn && formatWorldDate(calendar, beganOn)
  const to = endedOn && formatWorldDate(calendar, endedOn)
  if (from && to) return from === to ? from : `${from} – ${to}`
  return from ? words.since(from) : to ? words.until(to) : ''
}

function contents(terms: Terms, worldId: string, storyId: string, acts: readonly ReadableAct[]): Html {
  return html`<section class="contents"><h2>${terms.words.contents}</h2>${acts
    .filter(({ scenes }) => scenes.length > 0)
    .map(
      (act) =>
        html`<div><h3><bdi>${act.title}</bdi></h3><ol>${act.scenes.map((scene) => html`<li><a href="${textPath(worldId, storyId, scene.id)}"><strong><bdi>${scene.title}</bdi></strong>${scene.description ? html`<span>${scene.description}</span>` : ''}</a></li>`)}</ol></div>`,
    )}</section>`
}

/** A story from beginning to end. Nothing in it is a spoiler to somebody who reads it in order. */
export function storyTextPage(
  { world, terms }: ReadingIn,
  story: ReadableEntry,
  acts: readonly ReadableAct[],
  known: Known,
): Html {
  const calendar = world.calendar ?? gregorianCalendar
  const readable = acts.filter(({ scenes }) => scenes.length > 0)
  return html`<article class="story">
<header><p class="kind"><a href="${entryPath(world.id, story)}">${terms.words.story}</a></p><h1><bdi>${story.title}</bdi></h1>${story.description ? html`<p class="lead">${story.description}</p>` : ''}</header>
${story.body ? html`<div class="text"${inLanguage(world.language)}>${renderText(story.body, world.id, known)}</div>` : ''}
${readable.map((act) => html`<section>${readable.length > 1 ? html`<h2 class="act" id="${act.id}"><bdi>${act.title}</bdi></h2>` : ''}${act.scenes.map((scene) => sceneText(world, scene, calendar, known))}</section>`)}
</article>`
}

function sceneText(world: ReadingIn['world'], scene: ReadableScene, calendar: Calendar, known: Known): Html {
  return html`<section class="scene" id="${scene.id}"><h3><bdi>${scene.title}</bdi></h3>
<p class="when soft">${scene.happensOn ? formatWorldDate(calendar, scene.happensOn) : ''}</p>
<div class="text"${inLanguage(world.language)}>${scene.body ? renderText(scene.body, world.id, known, 4) : html`<p class="soft">${scene.description}</p>`}</div></section>`
}

export function mapsPage({ world, terms }: ReadingIn, maps: readonly Omit<ReadableMap, 'markers'>[]): Html {
  return html`<h1>${terms.words.maps}</h1><div class="section"><ul class="cards">${maps.map(
    ({ id, name, imageId }) =>
      html`<li><a href="${mapPath(world.id, id)}"><img src="${imagePath(world.id, imageId, 'small')}" alt="" loading="lazy" width="640" height="480"><div class="words">${cardTitle(2, name)}</div></a></li>`,
  )}</ul></div>`
}

/** The map as a picture whose markers are links, and the same as a list. */
export function mapPage({ world, terms }: ReadingIn, map: ReadableMap): Html {
  const { markers } = map
  // A thousand wide, whatever its image has, so that the styles can say how large words are.
  const width = 1000
  const height = Math.round((map.height / map.width) * width)
  const targetOf = ({ entry, innerMapId }: ReadableMap['markers'][number]) =>
    innerMapId ? mapPath(world.id, innerMapId) : entry && entryPath(world.id, entry)
  const drawn = markers.map((marker) => {
    const points = marker.points.map(([x, y]) => [Math.round(x * width), Math.round(y * height)] as const)
    const [x, y] = [0, 1].map((axis) =>
      Math.round(points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length),
    )
    const isArea = points.length > 1
    const shape = isArea
      ? html`<polygon class="area" points="${points.map((point) => point.join(',')).join(' ')}"/>`
      : html`<circle class="pin" cx="${x}" cy="${y}" r="7"/>`
    const words = html`<text class="${isArea ? '' : 'of-pin'}" x="${x}" y="${y}" text-anchor="middle">${marker.label}</text>`
    const target = targetOf(marker)
    return target ? html`<a href="${target}">${shape}${words}</a>` : html`<g>${shape}${words}</g>`
  })
  return html`<h1><bdi>${map.name}</bdi></h1>
<figure class="section map"><svg viewBox="0 0 ${width} ${height}" role="group" aria-label="${map.name}"><image href="${imagePath(world.id, map.imageId, 'large')}" width="${width}" height="${height}"/>${drawn}</svg></figure>
${
  markers.length > 0
    ? html`<section class="section"><header><h2>${terms.words.onThisMap}</h2></header><div class="linked"><ul>${markers
        .toSorted((one, other) => one.label.localeCompare(other.label, terms.language))
        .map((marker) => {
          const target = targetOf(marker)
          return html`<li>${target ? html`<a href="${target}">${marker.label}</a>` : marker.label}</li>`
        })}</ul></div></section>`
    : ''
}`
}

/** What somebody with a share link sees before they open it. */
export function sharePage({ words }: Terms, link: ShownShareLink, token: string): Html {
  const { entity, worldName, worldId, createdBy, isUsedUp } = link
  return html`<div class="middle">${hero(worldId, html`<p class="kind">${entity ? html`${words.fromTheWorld} <bdi>${worldName}</bdi>` : words.aWorld}</p><h1><bdi>${entity?.displayName ?? worldName}</bdi></h1>`)}
${
  isUsedUp
    ? html`<p>${words.linkIsUsedUp}</p>`
    : html`<p><bdi>${createdBy}</bdi> ${words.sharesThisWithYou}</p>
<form method="post" action="/share" class="actions"><input type="hidden" name="token" value="${token}"><button class="button">${words.readIt}</button></form>`
}</div>`
}

export function messagePage(title: string, sentence: string, action?: readonly [address: string, label: string]): Html {
  return html`<div class="middle"><h1>${title}</h1><p class="lead">${sentence}</p>${action ? html`<div class="actions"><a class="button" href="${action[0]}">${action[1]}</a></div>` : ''}</div>`
}

export function libraryPage(
  { words }: Terms,
  worlds: readonly { readonly id: string; readonly displayName: string; readonly description: string }[],
): Html {
  return html`<h1>${words.worldsToRead}</h1>
<div class="section">${
    worlds.length === 0
      ? html`<p class="soft">${words.noPublicWorlds}</p>`
      : html`<ul class="cards">${worlds.map(
          ({ id, displayName, description }) =>
            html`<li><a href="${worldPath(id)}">${raw(`<svg viewBox="0 0 400 200" aria-hidden="true">${horizonSvg(id, `sky-${id}`)}</svg>`)}<div class="words">${cardTitle(2, displayName)}${description ? html`<p>${description}</p>` : ''}</div></a></li>`,
        )}</ul>`
  }</div>`
}

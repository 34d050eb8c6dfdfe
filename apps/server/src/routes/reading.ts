import type { ReadReplica } from '@worldloom/db'
import { drawPreview, type ImageStore, type Preview } from '@worldloom/images'
import {
  ConflictError,
  capitalized,
  type EntityDefinition,
  type EntityKind,
  entities,
  entityByIdInput,
  NotFoundError,
} from '@worldloom/schema'
import {
  countReadable,
  findBriefs,
  findReadableFile,
  findStoryOf,
  listPublicWorlds,
  listReadable,
  listReadableConnections,
  listReadableMaps,
  listReadableStories,
  openReading,
  openShareLink,
  type ReadableBrief,
  readEntry,
  readingPageSize,
  readMap,
  readStory,
  searchReadable,
  showShareLink,
} from '@worldloom/worlds'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { chosenLanguage } from '../chosenLanguage.ts'
import { chosenTheme } from '../chosenTheme.ts'
import { originOf } from '../clientAddress.ts'
import { answering } from '../problem.ts'
import { frontKinds, type ReadingPage, renderPage, summaryOf } from '../reading/layout.ts'
import { mentionedIn } from '../reading/markdown.ts'
import {
  entryPage,
  libraryPage,
  listPage,
  mapPage,
  mapsPage,
  messagePage,
  referenceIds,
  searchPage,
  sharedPage,
  sharePage,
  storyTextPage,
  worldPage,
} from '../reading/pages.ts'
import { entryPath, kindPath, mapPath, textPath, worldPath } from '../reading/paths.ts'
import { ReadingStyles } from '../reading/styles.ts'
import { type ReadingIn, termsIn } from '../reading/terms.ts'
import type { ContextDependencies } from '../requestContext.ts'
import { contentSecurityPolicy } from '../response.ts'
import { fileQuery, serveImageFile } from '../serveImageFile.ts'
import { VisitorCookie } from '../visitorCookie.ts'

export interface ReadingDependencies extends ContextDependencies {
  readonly images: ImageStore
  /** Whether those without an account may read unlisted and public worlds. */
  readonly guestsMayRead: boolean
  /** The directory of the built web app, for its styles. */
  readonly webDirectory: string
}

interface Opened {
  readonly reading: ReadingIn
  readonly userId: string | undefined
  /** Where it is read from, if not from the primary. */
  readonly replica: ReadReplica | undefined
}

/** What the menu of a page names, which some pages show as well. */
interface Menu {
  readonly counts: ReturnType<typeof countReadable>
  readonly maps: ReturnType<typeof listReadableMaps>
}

const kindByPlural = new Map(Object.values(entities).map((definition) => [definition.plural, definition]))
const pageQuery = z.coerce.number().int().min(1).max(100_000).catch(1)
const searchQuery = z.string().trim().max(255).catch('')
const worldParams = z.object({ worldId: entityByIdInput.shape.id })

/**
 * The pages for those who read a world: HTML without scripts, that can be printed and whose links have previews. Share links
 * are opened at `/share`.
 */
export function readingRoutes(deps: ReadingDependencies): Hono<AppEnvironment> {
  const { db, authenticator, cookie, publicUrl } = deps
  const styles = new ReadingStyles(deps.webDirectory)
  const visitors = new VisitorCookie(publicUrl)
  const previews = new LRUCache<string, Uint8Array<ArrayBuffer>>({ max: 200 })

  const userOf = async (c: AppContext) => {
    const token = cookie.read(c)
    const principal = token ? await authenticator.session(token) : undefined
    return principal?.permissions.has('entity:read') ? principal.user.id : undefined
  }

  /** Who may read what is looked up in the primary; what they read may come from a replica. */
  const reading = async (c: AppContext, where: 'anywhere' | 'primary' = 'primary'): Promise<Opened> => {
    const parameters = worldParams.safeParse(c.req.param())
    if (!parameters.success) throw new NotFoundError('world')
    const userId = await userOf(c)
    const reader = { userId, visitor: visitors.read(c), guestsMayRead: deps.guestsMayRead }
    const found = await openReading(db, reader, parameters.data.worldId)
    const replica = where === 'anywhere' ? await deps.replicas?.pick(c) : undefined
    return { reading: { ...found, terms: termsOf(c), db: replica?.db ?? db }, userId, replica }
  }

  const respond = (
    c: AppContext,
    page: ReadingPage,
    around: Partial<Parameters<typeof renderPage>[1]>,
    status: 200 | 404 | 409 = 200,
  ) => {
    const built = styles.read()
    // Search engines may list public worlds, and the page that has all of them.
    const isListed = around.reading ? around.reading.isPublic : page.path === '/read'
    const theme = chosenTheme(c)
    const html = renderPage(page, {
      publicUrl,
      css: built?.css,
      theme,
      terms: termsOf(c),
      isSignedIn: false,
      ...around,
    })
    return c.html(html, status, {
      'content-security-policy': contentSecurityPolicy(built ? [built.hash] : []),
      'cache-control': 'private, no-cache',
      vary: 'Accept-Language, Cookie',
      ...(!isListed && { 'x-robots-tag': 'noindex' }),
    })
  }

  /** A page of a world, or one that says that there is nothing to read at this address. */
  const page =
    (make: (reading: ReadingIn, c: AppContext, menu: Menu) => Promise<ReadingPage>) => async (c: AppContext) => {
      let userId: string | undefined
      try {
        const opened = await reading(c, 'anywhere')
        userId = opened.userId
        const isSignedIn = userId !== undefined
        const from = async (found: ReadingIn) => {
          const menu = { counts: countReadable(found.db, found), maps: listReadableMaps(found.db, found) }
          const [made, counts, maps] = await Promise.all([make(found, c, menu), menu.counts, menu.maps])
          return respond(c, made, { reading: found, counts, hasMaps: maps.length > 0, isSignedIn })
        }
        const { replica, reading: found } = opened
        return await from(found).catch((error) => {
          if (!replica?.isAtFault(error)) throw error
          return from({ ...found, db })
        })
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error
        const isSignedIn = userId !== undefined || (await userOf(c)) !== undefined
        const studio = c.req.path.replace(/^\/read\//, '/worlds/')
        const { words } = termsOf(c)
        const content = messagePage(
          words.nothingToReadHere,
          words.isNotReadable,
          isSignedIn
            ? ['/worlds', words.yourWorlds]
            : [`/sign-in?redirect=${encodeURIComponent(studio)}`, words.signIn],
        )
        return respond(
          c,
          { title: `${words.nothingToRead} · Worldloom`, description: '', path: c.req.path, content },
          {},
          404,
        )
      }
    }

  const definitionOf = (c: AppContext): EntityDefinition => {
    const definition = kindByPlural.get(c.req.param('plural') ?? '')
    if (!definition) throw new NotFoundError('page')
    return definition
  }
  const idOf = (c: AppContext): string => {
    const parsed = entityByIdInput.safeParse({ id: c.req.param('id') })
    if (!parsed.success) throw new NotFoundError('entry')
    return parsed.data.id
  }
  const known = async (found: ReadingIn, ...ids: readonly (readonly string[])[]) =>
    await findBriefs(found.db, found, [...new Set(ids.flat())])

  /** Kept while nothing in the world changes, as anybody can ask for it. */
  const preview = async (c: AppContext, key: string, about: () => Promise<Preview>) => {
    let png = previews.get(key)
    if (!png) {
      png = new Uint8Array(await drawPreview(await about()))
      previews.set(key, png)
    }
    return c.body(png, 200, { 'content-type': 'image/png', 'cache-control': 'private, max-age=300' })
  }
  const coverOf = async (found: ReadingIn, coverId: string | null): Promise<Preview['background']> => {
    const horizon = { worldId: found.world.id }
    if (!coverId) return horizon
    const file = await findReadableFile(found.db, found, coverId).catch(() => undefined)
    if (!file) return horizon
    return await deps.images.bytes(file.fileKey, 'large.webp').catch(() => horizon)
  }

  const routes = new Hono<AppEnvironment>()
  // A browser takes the headers of a 304 for those of the page that it has: without its policy, its styles would be blocked.
  const tagged = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'content-security-policy', 'x-robots-tag'] })
  const compressed = compress()
  routes.use('/read/*', async (c, next) =>
    /\/(?:file|preview\.png)$/.test(c.req.path)
      ? await next()
      : await compressed(c, async () => {
          await tagged(c, next)
        }),
  )

  routes.get('/read', async (c) => {
    const isSignedIn = (await userOf(c)) !== undefined
    const worlds = deps.guestsMayRead || isSignedIn ? await listPublicWorlds(db, 200) : []
    const terms = termsOf(c)
    const page = {
      title: `${terms.words.worldsToRead} · Worldloom`,
      description: terms.words.publicWorlds,
      path: '/read',
      content: libraryPage(terms, worlds),
    }
    return respond(c, page, {})
  })

  routes.get(
    '/read/:worldId',
    page(async (found, _, menu) => {
      const { world, only, shared } = found
      const about = {
        title: world.displayName,
        description: only ? '' : summaryOf(world.description, world.body),
        path: worldPath(world.id),
        preview: `${worldPath(world.id)}/preview.png`,
      }
      if (only) {
        const entries = await known(found, shared)
        return { ...about, content: sharedPage(found, [...entries.values()]) }
      }
      const [counts, mentioned, ...lists] = await Promise.all([
        menu.counts,
        known(found, mentionedIn(world.body)),
        ...frontKinds.map(async (kind) => [kind, await listReadable(found.db, found, kind, { limit: 8 })] as const),
      ])
      return {
        ...about,
        content: worldPage(found, mentioned, new Map<EntityKind, readonly ReadableBrief[]>(lists), counts),
      }
    }),
  )

  routes.get('/read/:worldId/preview.png', (c) =>
    answering(c, async () => {
      const { reading: found } = await reading(c)
      const { world, only } = found
      return await preview(
        c,
        `${world.id} ${world.version} ${only ? 'part' : 'all'} ${found.terms.language}`,
        async () => ({
          title: world.displayName,
          above: found.terms.words.aWorld,
          below: only ? '' : summaryOf(world.description),
          background: { worldId: world.id },
        }),
      )
    }),
  )

  routes.get(
    '/read/:worldId/search',
    page(async (found, c) => {
      const text = searchQuery.parse(c.req.query('q'))
      const results = found.only || text === '' ? [] : await searchReadable(found.db, found, text)
      const title = `${found.terms.words.search} · ${found.world.displayName}`
      return {
        title,
        description: '',
        path: `${worldPath(found.world.id)}/search`,
        content: searchPage(found, text, results),
      }
    }),
  )

  routes.get(
    '/read/:worldId/maps',
    page(async (found, _, menu) => {
      const maps = await menu.maps
      const title = `${found.terms.words.maps} · ${found.world.displayName}`
      return { title, description: '', path: `${worldPath(found.world.id)}/maps`, content: mapsPage(found, maps) }
    }),
  )

  routes.get(
    '/read/:worldId/maps/:id',
    page(async (found, c, menu) => {
      const map = await readMap(found.db, found, await menu.maps, idOf(c))
      const title = `${map.name} · ${found.world.displayName}`
      return { title, description: '', path: mapPath(found.world.id, map.id), content: mapPage(found, map) }
    }),
  )

  routes.get('/read/:worldId/images/:id/file', (c) =>
    answering(c, async () => {
      const { reading: found } = await reading(c)
      const file = await findReadableFile(found.db, found, idOf(c))
      return await serveImageFile(c, deps.images, file, fileQuery.parse(c.req.query()))
    }),
  )

  routes.get(
    '/read/:worldId/:plural',
    page(async (found, c, menu) => {
      const { kind } = definitionOf(c)
      const { many } = found.terms.kinds[kind].wording
      const number = pageQuery.parse(c.req.query('page') ?? '1')
      const [entries, counts] = await Promise.all([listReadable(found.db, found, kind, { page: number }), menu.counts])
      const list = { page: number, count: counts.get(kind) ?? 0, size: readingPageSize }
      return {
        title: `${capitalized(many)} · ${found.world.displayName}`,
        description: found.terms.words.theKindOfWorld(many, found.world.displayName),
        path: kindPath(found.world.id, kind),
        preview: `${worldPath(found.world.id)}/preview.png`,
        content: listPage(found, kind, entries, list),
      }
    }),
  )

  routes.get(
    '/read/:worldId/:plural/:id',
    page(async (found, c) => {
      const definition = definitionOf(c)
      const entry = await readEntry(found.db, found, found.terms.kinds[definition.kind], idOf(c))
      const { id, kind, body, coverId, spoilers, title } = entry
      const [mentioned, connections, acts, stories, story] = await Promise.all([
        known(found, mentionedIn(body), Object.values(spoilers), referenceIds(entry), coverId ? [coverId] : []),
        listReadableConnections(found.db, found, id, found.terms.structures),
        kind === 'story' ? readStory(found.db, found, id) : [],
        kind === 'book' ? listReadableStories(found.db, found, id) : [],
        kind === 'act' || kind === 'scene' ? findStoryOf(found.db, found, id) : undefined,
      ])
      return {
        title: `${title} · ${found.world.displayName}`,
        description: summaryOf(
          'description' in spoilers ? '' : entry.description,
          'body' in spoilers || 'entry' in spoilers ? '' : body,
        ),
        path: entryPath(found.world.id, entry),
        preview: `${entryPath(found.world.id, entry)}/preview.png`,
        content: entryPage(found, { entry, known: mentioned, connections, acts, stories, story }),
      }
    }),
  )

  routes.get('/read/:worldId/:plural/:id/preview.png', (c) =>
    answering(c, async () => {
      const { reading: found } = await reading(c)
      const { id, version, kind, title, coverId, description, definition, spoilers } = await readEntry(
        db,
        found,
        definitionOf(c),
        idOf(c),
      )
      return await preview(
        c,
        `${id} ${version} ${found.world.version} ${found.only ? 'part' : 'all'} ${found.terms.language}`,
        async () => ({
          title,
          above: `${capitalized(found.terms.kinds[definition.kind].wording.one)} · ${found.world.displayName}`,
          below: 'description' in spoilers ? '' : summaryOf(description),
          background: await coverOf(found, kind === 'image' ? id : coverId),
        }),
      )
    }),
  )

  routes.get(
    '/read/:worldId/stories/:id/text',
    page(async (found, c) => {
      const story = await readEntry(found.db, found, found.terms.kinds.story, idOf(c))
      const acts = await readStory(found.db, found, story.id)
      const texts = acts.flatMap(({ scenes }) => scenes.map(({ body }) => body))
      const mentioned = await known(found, mentionedIn(story.body, ...texts))
      return {
        title: `${story.title} · ${found.world.displayName}`,
        description: summaryOf(story.description, story.body),
        path: textPath(found.world.id, story.id),
        preview: `${entryPath(found.world.id, story)}/preview.png`,
        content: storyTextPage(found, story, acts, mentioned),
      }
    }),
  )

  /** Says that a link shows nothing, or no more. */
  const ended = (c: AppContext, error: unknown) => {
    if (!(error instanceof NotFoundError || error instanceof ConflictError)) throw error
    const isUsedUp = error instanceof ConflictError
    const { words } = termsOf(c)
    const content = messagePage(words.linkShowsNothing, isUsedUp ? words.linkIsUsedUp : words.linkWasEnded)
    return respond(
      c,
      { title: `${words.shareLink} · Worldloom`, description: '', path: '/share', content },
      {},
      isUsedUp ? 409 : 404,
    )
  }

  const open = async (c: AppContext, token: string) => {
    const { link, visitor } = await openShareLink(db, originOf(c), token, visitors.read(c))
    visitors.write(c, visitor)
    return c.redirect(link.entity ? entryPath(link.worldId, link.entity) : worldPath(link.worldId), 303)
  }

  routes.use('/share', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })

  routes.get('/share', async (c) => {
    const token = c.req.query('token') ?? ''
    try {
      const link = await showShareLink(db, token)
      // Where openings count, what follows links by itself must not use one up: people press the button.
      if (!link.isCounted && isNavigation(c)) return await open(c, token)
      const name = link.entity?.displayName ?? link.worldName
      const page = {
        title: name,
        description: link.entity ? summaryOf(link.entity.description) : termsOf(c).words.worldSharedBy(link.createdBy),
        path: `/share?token=${token}`,
        preview: `/share/preview.png?token=${token}`,
        content: sharePage(termsOf(c), link, token),
      }
      return respond(c, page, {})
    } catch (error) {
      return ended(c, error)
    }
  })

  routes.post('/share', async (c) => {
    const { token } = await c.req.parseBody()
    try {
      return await open(c, typeof token === 'string' ? token : '')
    } catch (error) {
      return ended(c, error)
    }
  })

  routes.get('/share/preview.png', (c) =>
    answering(c, async () => {
      const { id, entity, worldName, worldId } = await showShareLink(db, c.req.query('token') ?? '')
      return await preview(
        c,
        [id, worldName, entity?.displayName, entity?.description, chosenLanguage(c)].join('\n'),
        async () => ({
          title: entity?.displayName ?? worldName,
          above: entity ? worldName : termsOf(c).words.aWorld,
          below: entity ? summaryOf(entity.description) : '',
          background: { worldId },
        }),
      )
    }),
  )

  // Who is not signed in and follows a link into the studio of a world that they may read, reads it.
  routes.get('/worlds/:worldId/:rest{.*}?', async (c, next) => {
    if (cookie.read(c) || !(c.req.header('accept') ?? '').includes('text/html')) return await next()
    try {
      const { reading: found } = await reading(c)
      return c.redirect(readingPathOf(found.world.id, c.req.path), 302)
    } catch (error) {
      if (error instanceof NotFoundError) return await next()
      throw error
    }
  })

  return routes
}

function termsOf(c: AppContext) {
  return termsIn(chosenLanguage(c))
}

/** Whether a person's browser opens the page, rather than a program that makes a preview or loads it ahead. */
function isNavigation(c: AppContext): boolean {
  return c.req.header('sec-fetch-dest') === 'document' && !/prefetch|prerender/.test(c.req.header('sec-purpose') ?? '')
}

/** Of a page of the studio. Its tools have none of their own. */
function readingPathOf(worldId: string, path: string): string {
  const [, , , plural, id, part] = path.split('/')
  const isList = plural !== undefined && (kindByPlural.has(plural) || plural === 'maps')
  if (!isList) return worldPath(worldId)
  const list = `${worldPath(worldId)}/${plural}`
  if (!id) return list
  return part === 'text' && plural === 'stories' ? textPath(worldId, id) : `${list}/${id}`
}

import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { AppEnvironment } from '../appTypes.ts'
import { problem } from '../problem.ts'

/** Paths that are never a page. */
const notPages = /^\/(?:api|auth|docs|trpc|token|assets|\.well-known)(?:\/|$)/

/**
 * The built web app: hashed assets for ever, everything else checked each time; what has no file is a page
 * of the app, with 404 where the app has no such page.
 *
 * @param directory its `dist`; it need not be there (in development Vite serves the pages)
 */
export function webRoutes(directory: string): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  const indexFile = path.join(directory, 'index.html')
  if (!existsSync(indexFile)) return routes
  const pages = readPages(path.join(directory, 'pages.json'))

  const files = serveStatic<AppEnvironment>({
    root: directory,
    precompressed: true,
    onFound: (_file, c) => c.header('cache-control', 'no-cache'),
  })

  return (
    routes
      .get(
        '/assets/*',
        serveStatic({
          root: directory,
          precompressed: true,
          onFound: (_file, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
        }),
      )
      // The few files beside the assets: theme.js, favicon.svg.
      .get('/:file{[\\w-]+\\.(?:js|svg|txt|webmanifest)}', files)
      .get('*', async (c) => {
        if (notPages.test(c.req.path)) return problem(c, 404, 'Not found', `There is nothing at ${c.req.path}.`)
        const known = pages.some((page) => page.test(c.req.path))
        // Read each time: a new build names other assets.
        return c.html(await readFile(indexFile, 'utf8'), known ? 200 : 404, { 'cache-control': 'no-cache' })
      })
  )
}

/** The paths of the app's pages, `/worlds/$worldId` and the like, as its build wrote them. */
function readPages(file: string): RegExp[] {
  const paths: string[] = JSON.parse(readFileSync(file, 'utf8'))
  return paths.map((page) => new RegExp(`^${page.replace(/\$\w+/g, '[^/]+')}/?$`))
}

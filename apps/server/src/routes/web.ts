import { existsSync } from 'node:fs'
import path from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { languagePath, languages } from '@worldloom/schema'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { AppEnvironment } from '../appTypes.ts'
import { FirstPaint, type FirstPaintDependencies } from '../firstPaint.ts'
import { problem } from '../problem.ts'

/** Where the app in each language is. */
const bases = languages.map(languagePath)

/** Paths that are never pages. */
const notPages = new RegExp(
  `^(?:/(?:api|auth|docs|trpc|token|read|share|secret-scanning|\\.well-known)|${bases.map((base) => `${base}assets`).join('|')})(?:/|$)`,
)

/**
 * The built web app: hashed assets are cached for ever, everything else is revalidated. A path without a file is a page
 * of the app, or 404 if the app has no such page.
 *
 * @param directory its `dist`, which may be missing (in development Vite serves the pages)
 */
export function webRoutes(directory: string, deps: FirstPaintDependencies): Hono<AppEnvironment> {
  const routes = new Hono<AppEnvironment>()
  if (!existsSync(path.join(directory, 'index.html'))) return routes
  const firstPaint = new FirstPaint(directory, deps)

  const files = serveStatic<AppEnvironment>({
    root: directory,
    precompressed: true,
    onFound: (_file, c) => c.header('cache-control', 'no-cache'),
  })

  return (
    routes
      .on(
        'GET',
        bases.map((base) => `${base}assets/*`),
        serveStatic({
          root: directory,
          precompressed: true,
          onFound: (_file, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
        }),
      )
      // Files outside `assets`, such as favicon.svg.
      .on(
        'GET',
        bases.map((base) => `${base}:file{[\\w-]+\\.(?:js|svg|txt|webmanifest)}`),
        files,
      )
      .get('*', compress(), async (c) => {
        if (notPages.test(c.req.path)) return problem(c, 404, 'Not found', `There is nothing at ${c.req.path}.`)
        const { html, status, headers } = await firstPaint.render(c)
        return c.html(html, status, headers)
      })
  )
}

/**
 * Lighthouse (mobile) on the built web app: the sign-in page, the worlds, pages of the studio, and pages of the reading
 * side without an account; the median of three runs each. BENCH_ONLY measures only the
 * pages that have that in their name. Uses the end-to-end tests' Chromium, or CHROMIUM_PATH.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createSession } from '@worldloom/auth'
import { parseConfig } from '@worldloom/config'
import { createDatabase } from '@worldloom/db'
import { freePort } from '@worldloom/db/testing'
import { createLogger, startWorldloom } from '@worldloom/server'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { chromiumPath, webDirectory } from './browser.ts'
import { median } from './load.ts'

const runs = Number(process.env.BENCH_RUNS || 3)

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const [port, identityPort] = [await freePort(), await freePort()]
const worldloom = await startWorldloom({
  config: parseConfig(
    { PORT: String(port), LOCAL_IDENTITY_PORT: String(identityPort), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    dataDir,
  ),
  logger: createLogger({ level: 'error', format: 'json' }),
  webDirectory,
})
const { db, close } = createDatabase(worldloom.database.url)
const mira = await db.selectFrom('users').select('id').where('firstName', '=', 'Mira').executeTakeFirstOrThrow()
const { token } = await createSession(
  db,
  { idle: 86_400, absolute: 86_400 },
  { userId: mira.id, provider: 'bench', device: { ipAddress: undefined, userAgent: undefined } },
)
const world = await db.selectFrom('worlds').select('id').executeTakeFirstOrThrow()
const persona = await db.selectFrom('entities').select('id').where('kind', '=', 'persona').executeTakeFirstOrThrow()
const story = await db.selectFrom('entities').select('id').where('kind', '=', 'story').executeTakeFirstOrThrow()
await db.updateTable('worlds').set({ visibility: 'public' }).where('id', '=', world.id).execute()
await close()

const pages = {
  '/sign-in': { path: '/sign-in', cookie: undefined },
  '/worlds': { path: '/worlds', cookie: token },
  'a world': { path: `/worlds/${world.id}`, cookie: token },
  'an entry': { path: `/worlds/${world.id}/personas/${persona.id}`, cookie: token },
  'personas as a list': { path: `/worlds/${world.id}/personas`, cookie: token },
  'personas as a table': { path: `/worlds/${world.id}/personas?layout=table`, cookie: token },
  'a story’s text': { path: `/worlds/${world.id}/stories/${story.id}/text`, cookie: token },
  'a story’s board': { path: `/worlds/${world.id}/stories/${story.id}/board`, cookie: token },
  'the timeline': { path: `/worlds/${world.id}/timeline`, cookie: token },
  'the graph': { path: `/worlds/${world.id}/graph`, cookie: token },
  'the family tree': { path: `/worlds/${world.id}/family`, cookie: token },
  'the maps': { path: `/worlds/${world.id}/maps`, cookie: token },
  'the continuity': { path: `/worlds/${world.id}/continuity`, cookie: token },
  'settings of a world': { path: `/worlds/${world.id}/settings`, cookie: token },
  'a world to read': { path: `/read/${world.id}`, cookie: undefined },
  'an entry to read': { path: `/read/${world.id}/personas/${persona.id}`, cookie: undefined },
  'a story to read': { path: `/read/${world.id}/stories/${story.id}/text`, cookie: undefined },
}
const chrome = await launch({
  chromePath: chromiumPath,
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
console.log('| page | performance | FCP s | LCP s | blocking ms | shift |\n| --- | ---: | ---: | ---: | ---: | ---: |')
for (const [name, page] of Object.entries(pages)) {
  if (!name.includes(process.env.BENCH_ONLY ?? '')) continue
  const results: { score: number; values: number[] }[] = []
  for (let run = 0; run < runs; run++) {
    const result = await lighthouse(`http://localhost:${port}${page.path}`, {
      port: chrome.port,
      onlyCategories: ['performance'],
      output: 'json',
      logLevel: 'error',
      ...(page.cookie && { extraHeaders: { cookie: `worldloom_session=${page.cookie}` } }),
    })
    if (!result) throw new Error(`Lighthouse says nothing of ${name}`)
    const { audits, categories, finalDisplayedUrl } = result.lhr
    if (!finalDisplayedUrl.endsWith(page.path)) throw new Error(`${name} ended at ${finalDisplayedUrl}`)
    const value = (audit: string) => audits[audit]?.numericValue ?? Number.NaN
    results.push({
      score: (categories.performance?.score ?? 0) * 100,
      values: [
        value('first-contentful-paint') / 1000,
        value('largest-contentful-paint') / 1000,
        value('total-blocking-time'),
        value('cumulative-layout-shift'),
      ],
    })
  }
  const middle = (index: number) => median(results.map(({ values }) => values[index] ?? Number.NaN))
  const score = Math.round(median(results.map((result) => result.score)))
  console.log(
    `| ${name} | ${score} | ${middle(0).toFixed(1)} | ${middle(1).toFixed(1)} | ${Math.round(middle(2))} | ${middle(3).toFixed(3)} |`,
  )
}
chrome.kill()
await worldloom.close()
await rm(dataDir, { recursive: true, force: true })

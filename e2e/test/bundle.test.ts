import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))
const routes = fileURLToPath(new URL('../../apps/web/src/routes', import.meta.url))

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}

/** The build in each language: the first in the folder itself, others below it. */
const builds = ['.', ...readdirSync(dist)]
  .map((folder) => path.join(dist, folder))
  .filter((folder) => existsSync(path.join(folder, 'index.html')))
  .map((folder) => [path.relative(dist, folder) || 'English', folder] as const)

/** The layout that a page is in, as src/router.tsx has it: loaded with it, and as necessary. */
function layoutOf(page: string): string[] {
  if (/\/(world[A-Z]|entit|story)/.test(page)) return ['src/routes/world.tsx']
  if (/\/admin[A-Z]/.test(page)) return ['src/routes/admin.tsx']
  if (/\/settings[A-Z]/.test(page)) return ['src/routes/settings.tsx']
  return []
}

test('each language has a build', () => {
  expect(builds.map(([name]) => name)).toEqual(['English', 'de'])
})

describe.each(builds)('in %s', (_language, directory) => {
  /** https://vite.dev/guide/backend-integration */
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(path.join(directory, '.vite/manifest.json'), 'utf8'))

  /** A module with all its static imports, without dynamic ones. */
  function closure(module: string, seen = new Set<string>()): Set<string> {
    const chunk = manifest[module]
    if (!chunk || seen.has(chunk.file)) return seen
    seen.add(chunk.file)
    for (const imported of chunk.imports ?? []) closure(imported, seen)
    return seen
  }

  const pages = readdirSync(routes)
    .map((file) => `src/routes/${file}`)
    .filter((module) => manifest[module] !== undefined)

  test('the pages are split', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['src/routes/worlds.tsx', 'src/routes/world.tsx', 'src/routes/signIn.tsx']),
    )
    expect(pages).toEqual(expect.arrayContaining(pages.flatMap(layoutOf)))
  })

  test.each(pages)('%s can be used after at most 90 kB of JavaScript, compressed', (page) => {
    const files = new Set(['index.html', ...layoutOf(page), page].flatMap((module) => [...closure(module)]))
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(directory, file))).length, 0)
    expect(bytes).toBeGreaterThan(20_000)
    expect(bytes).toBeLessThanOrEqual(90_000)
  })
})

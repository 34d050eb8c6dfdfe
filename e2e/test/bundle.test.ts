import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))
const routes = fileURLToPath(new URL('../../apps/web/src/routes', import.meta.url))

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}

/** https://vite.dev/guide/backend-integration */
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'))

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
})

test.each(pages)('%s can be used after at most 90 kB of JavaScript, compressed', (page) => {
  const files = new Set([...closure('index.html'), ...closure(page)])
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0)
  expect(bytes).toBeGreaterThan(20_000)
  expect(bytes).toBeLessThanOrEqual(90_000)
})

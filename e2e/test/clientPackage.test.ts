import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { createTestApiKey } from '@worldloom/server/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { npmInstall, packageFaults, packPackage, typeFaults } from '../src/packages.ts'
import { startTestWorldloom } from '../src/worldloom.ts'

const repository = path.join(import.meta.dirname, '../..')
const directory = mkdtempSync(path.join(os.tmpdir(), 'worldloom-client-'))
const worldloom = await startTestWorldloom()
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** What another project's service does with the client. */
const sample = `import { createWorldloomClient, idempotent, iterate, readError, type RouterOutputs } from '@worldloom/client'
import { InvalidTokenError, verifyWorldloomToken } from '@worldloom/client/verify'

declare const process: { readonly env: Record<string, string | undefined> }
declare const console: { log(text: string): void }

const url = process.env['WORLDLOOM_URL'] ?? ''
const client = createWorldloomClient({ url, apiKey: process.env['WORLDLOOM_API_KEY'] ?? '' })
const world = await client.world.create.mutate({ name: 'From outside' })
const story = await client.story.create.mutate({ worldId: world.id, name: 'One', status: 'draft' }, idempotent('sample-1'))
const status: 'idea' | 'outline' | 'draft' | 'revision' | 'finished' = story.status
const createdAt: string = story.createdAt
const names: string[] = []
for await (const item of iterate(client.story.list, { worldId: world.id })) names.push(item.name)
const failure = await client.world.create.mutate({ name: 'FROM OUTSIDE' }).catch(readError)
const field = 'reason' in failure && failure.reason?.kind === 'taken' ? failure.reason.field : undefined
const outline: RouterOutputs['story']['outline'] = await client.story.outline.query({ id: story.id })
const refused = await verifyWorldloomToken('no token', { jwksUrl: url + '/.well-known/jwks.json', audience: url }).catch(
  (error: unknown) => error instanceof InvalidTokenError,
)
console.log(JSON.stringify({ status, dated: createdAt.length > 0, names, field, acts: outline.acts.length, refused }))
`

const wrong = [
  `await client.story.create.mutate({ worldId: '', name: '', logine: '' })`,
  `await client.story.create.mutate({ worldId: '', name: '', status: 'done' })`,
  `await client.story.byId.query({ ids: '' })`,
  `await client.storys.list.query({ worldId: '' })`,
  `(await client.story.byId.query({ id: '' })).logine`,
  `(await client.act.byId.query({ id: '' })).logline`,
]

const options = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable', 'esnext.disposable'],
  types: [],
  noEmit: true,
}

let tarball: string

beforeAll(() => {
  tarball = packPackage('client', directory)
  writeFileSync(
    path.join(directory, 'package.json'),
    JSON.stringify({ name: 'outside', private: true, type: 'module' }),
  )
  npmInstall(directory, tarball)
}, 180_000)

/** @returns the compiler's errors in a file */
function typeCheck(name: string, source: string): string {
  writeFileSync(path.join(directory, name), source)
  writeFileSync(path.join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: [name] }))
  return typeFaults(directory)
}

test('publint and “are the types wrong?” find nothing', () => {
  expect(packageFaults(tarball)).toEqual([])
})

test('packed and installed outside of the repository it type-checks, its own declarations and all, and runs', async () => {
  expect(typeCheck('sample.ts', sample)).toBe('')
  // Not synchronously, as the server runs in this process.
  const { stdout: output } = await promisify(execFile)(process.execPath, [path.join(directory, 'sample.ts')], {
    encoding: 'utf8',
    env: { ...process.env, WORLDLOOM_URL: worldloom.url, WORLDLOOM_API_KEY: await createTestApiKey(worldloom) },
  })
  expect(JSON.parse(output)).toEqual({
    status: 'draft',
    dated: true,
    names: ['One'],
    field: 'name',
    acts: 0,
    refused: true,
  })
}, 60_000)

test('a field, a value, a procedure that there is not is a fault of compilation, each', () => {
  const head = `import { createWorldloomClient } from '@worldloom/client'\nconst client = createWorldloomClient({ url: '' })\n`
  const complaints = typeCheck('wrong.ts', `${head}${wrong.map((line) => `${line};`).join('\n')}\n`)
  const lines = new Set([...complaints.matchAll(/wrong\.ts\((\d+),/g)].map(([, line]) => Number(line) - 2))
  expect([...lines].sort()).toEqual(wrong.map((_, index) => index + 1))
}, 60_000)

test('nothing of the server is in it: no code, no Kysely, no zod, no word of this machine', () => {
  const installed = path.join(directory, 'node_modules')
  // TypeScript is a peer dependency of tRPC.
  const packages = readdirSync(installed).filter((name) => !name.startsWith('.') && !name.includes('typescript'))
  expect(packages.sort()).toEqual(['@trpc', '@worldloom', 'eventsource', 'eventsource-parser', 'jose'])
  const own = path.join(installed, '@worldloom/client')
  const files = readdirSync(own, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:js|ts|json)$/.test(name))
  expect(files.length).toBeGreaterThan(10)
  for (const file of files) {
    const text = readFileSync(path.join(own, file), 'utf8')
    expect(text, file).not.toMatch(/kysely|from ['"](?:zod|pg|hono)|@worldloom\/(?:api|auth|db|schema|config)/)
    expect(text, file).not.toContain(repository)
  }
})

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { afterAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-cli-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))

function worldloom(
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...environment }
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
  })
}

test('migrate, seed and reset work on the embedded database, running or not', async () => {
  expect(await worldloom(['migrate', '--json'])).toEqual({
    code: 0,
    output: `${JSON.stringify({ applied: ['0001_identity', '0002_worlds', '0003_entities'] })}\n`,
  })
  expect((await worldloom(['migrate'])).output).toContain('up to date')
  expect((await worldloom(['seed'])).output).toContain('Seeded Ada, Mira, Theo')
  const application = await openEmbeddedServer({ dataDir, as: 'own' })
  expect((await worldloom(['seed'])).output).toContain('nothing was changed')
  expect(await worldloom(['reset'])).toMatchObject({ code: 1, output: expect.stringContaining('say --yes') })
  expect(await worldloom(['reset', '--yes'])).toMatchObject({
    code: 0,
    output: expect.stringContaining('new and empty'),
  })
  expect(await worldloom(['seed', '--json'])).toMatchObject({ code: 0, output: '{"seeded":true}\n' })
  await application.release()
})

test('what was called wrongly, or can not work, says how and why', async () => {
  expect(await worldloom(['migrat'])).toMatchObject({
    code: 2,
    output: expect.stringContaining('Did you mean migrate?'),
  })
  expect(await worldloom(['--help'])).toMatchObject({ code: 0, output: expect.stringContaining('Exit codes') })
  const unreachable = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  expect(await worldloom(['migrate'], unreachable)).toMatchObject({
    code: 1,
    output: expect.stringContaining('The database can not be reached'),
  })
  expect(await worldloom(['migrate'], { PORT: 'x' })).toMatchObject({
    code: 1,
    output: expect.stringContaining('PORT must be a number'),
  })
})

test('rule 38: neither demo people nor a reset in production', async () => {
  const production = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://worldloom.example',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  }
  for (const command of [['seed'], ['reset', '--yes']]) {
    const { code, output } = await worldloom(command, production)
    expect(code).toBe(1)
    expect(output).toMatch(/production/)
  }
})

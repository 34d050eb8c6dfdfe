import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createUserWithPassword, operator } from '@worldloom/auth'
import { createDatabase, type DatabaseHandle, migrate } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-backup-'))
const dataDir = path.join(directory, 'data')
const backups = path.join(directory, 'backups')
let server: Awaited<ReturnType<typeof openEmbeddedServer>>
let database: DatabaseHandle

beforeAll(async () => {
  server = await openEmbeddedServer({ dataDir, as: 'own' })
  database = createDatabase(server.url)
  await migrate(database.db)
  await createUserWithPassword(database.db, operator, { email: 'ada@example.com', displayName: 'Ada', role: 'admin' })
  await sql`create table written (number int primary key)`.execute(database.db)
  await mkdir(path.join(dataDir, 'images/one'), { recursive: true })
  await writeFile(path.join(dataDir, 'images/one/original'), 'pixels')
  await writeFile(path.join(dataDir, 'app-secret'), 'a secret of this installation')
})
afterAll(async () => {
  await database?.close()
  await server?.release()
  await rm(directory, { recursive: true, force: true })
})

function worldloom(settings: Record<string, string>, ...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, ...settings }
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr })
    })
  })
}

const numbersIn = async (url: string): Promise<number[]> => {
  const { db, close } = createDatabase(url)
  const { rows } = await sql<{ number: number }>`select number from written order by number`.execute(db)
  await close()
  return rows.map(({ number }) => number)
}

describe('a backup', () => {
  let made: string

  test('is made while others write, is tried out, and has what was there when it began', async () => {
    let isWriting = true
    let number = 0
    const writing = (async () => {
      while (isWriting) {
        number++
        await sql`insert into written values (${number})`.execute(database.db)
      }
    })()
    const before = number
    const { code, output } = await worldloom({}, 'backup', backups, '--json')
    isWriting = false
    await writing
    expect(output).toContain('"format":"worldloom-backup"')
    expect(code).toBe(0)
    const told = JSON.parse(output)
    made = told.directory
    expect(told.counts).toMatchObject({ users: 1, worlds: 0 })
    expect(await readdir(made)).toEqual(['app-secret', 'images', 'manifest.json', 'postgres'])
    expect(await readdir(backups)).toHaveLength(1)

    const elsewhere = path.join(directory, 'restored')
    expect(await worldloom({ DATA_DIR: elsewhere }, 'restore', made)).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 users'),
    })
    const restored = await openEmbeddedServer({ dataDir: elsewhere, as: 'own' })
    const numbers = await numbersIn(restored.url)
    // All up to some moment in between, without a gap.
    expect(numbers.length).toBeGreaterThan(before)
    expect(numbers.length).toBeLessThanOrEqual(number)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
    await restored.release()
    expect(await readFile(path.join(elsewhere, 'images/one/original'), 'utf8')).toBe('pixels')
    expect(await readFile(path.join(elsewhere, 'app-secret'), 'utf8')).toBe('a secret of this installation')
  }, 120_000)

  test('is not restored over a server that runs, nor over data that is there; with --force that is moved aside', async () => {
    expect(await worldloom({}, 'restore', made, '--force')).toMatchObject({
      code: 1,
      output: expect.stringContaining('Stop it first'),
    })
    const elsewhere = path.join(directory, 'restored')
    const refused = await worldloom({ DATA_DIR: elsewhere }, 'restore', made)
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('Use --force to move it aside') })
    const forced = await worldloom({ DATA_DIR: elsewhere }, 'restore', made, '--force', '--json')
    expect(forced.code).toBe(0)
    const { aside } = JSON.parse(forced.output)
    expect(aside).toHaveLength(3)
    expect(await readdir(aside[0])).toContain('PG_VERSION')
  }, 120_000)

  test('that is none, or was broken off, is refused, and everything stays as it was', async () => {
    const nothing = path.join(directory, 'nothing')
    const none = await worldloom({ DATA_DIR: nothing }, 'restore', backups)
    expect(none).toMatchObject({ code: 1, output: expect.stringContaining('is no backup of Worldloom') })
    const elsewhere = path.join(directory, 'restored')
    const broken = path.join(directory, 'broken')
    await mkdir(broken)
    await writeFile(path.join(broken, 'manifest.json'), await readFile(path.join(made, 'manifest.json')))
    const before = await readdir(elsewhere)
    expect((await worldloom({ DATA_DIR: elsewhere }, 'restore', broken, '--force')).code).toBe(1)
    expect(await readdir(elsewhere)).toEqual(before)
  }, 60_000)

  test('is missed by doctor where there is none, or it is old', async () => {
    const about = async (settings: Record<string, string>) => {
      const { output } = await worldloom(settings, 'doctor', '--json')
      const { findings } = JSON.parse(output.slice(output.indexOf('{')))
      return findings.find((finding: { about: string }) => finding.about === 'backup')
    }
    expect(await about({})).toMatchObject({ state: 'good', message: expect.stringContaining('of today') })
    const old = { directory: made, finishedAt: new Date(Date.now() - 9 * 86_400_000).toISOString() }
    await writeFile(path.join(dataDir, 'last-backup.json'), JSON.stringify(old))
    expect(await about({})).toMatchObject({ state: 'warning', message: expect.stringContaining('9 days old') })
    await rm(path.join(dataDir, 'last-backup.json'))
    expect(await about({})).toMatchObject({ state: 'warning', message: 'there is none yet' })
  }, 60_000)

  test('of a PostgreSQL that is not ours is refused, with what to use instead and what can be seen of it', async () => {
    const { code, output } = await worldloom({ DATABASE_URL: server.url }, 'backup', backups)
    expect(code).toBe(1)
    expect(output).toContain('pg_basebackup')
    expect(output).toContain('archive_mode is off')
    expect((await worldloom({ DATABASE_URL: server.url }, 'restore', made)).output).toContain('Unset DATABASE_URL')
  })
})

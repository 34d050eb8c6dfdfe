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
  })

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
  })

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
  })

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
  })

  test('of a PostgreSQL that is not ours is refused, with what to use instead and what can be seen of it', async () => {
    const { code, output } = await worldloom({ DATABASE_URL: server.url }, 'backup', backups)
    expect(code).toBe(1)
    expect(output).toContain('pg_basebackup')
    expect(output).toContain('archive_mode is off')
    expect((await worldloom({ DATABASE_URL: server.url }, 'restore', made)).output).toContain('Unset DATABASE_URL')
  })
})

describe('with an archived log', () => {
  const data = path.join(directory, 'archiving')
  const archive = path.join(directory, "the log's archive")
  const into = path.join(directory, 'archived backups')
  const settings = { DATA_DIR: data, LOG_ARCHIVE_DIR: archive }
  let backup: string
  let moment: string

  test('a database can be restored up to a moment, or to its end, with what had not been archived', async () => {
    const running = await openEmbeddedServer({ dataDir: data, as: 'own', logArchive: archive })
    const { db, close } = createDatabase(running.url)
    await migrate(db)
    await sql`create table written (number int primary key)`.execute(db)
    const write = (number: number) => sql`insert into written values (${number})`.execute(db)
    const archived = async () => {
      const { rows } = await sql<{ file: string }>`select pg_walfile_name(pg_switch_wal()) as file`.execute(db)
      await expect.poll(() => readdir(archive), { timeout: 60_000 }).toContain(`${rows[0]?.file}.gz`)
    }
    await write(1)
    const { code, output } = await worldloom(settings, 'backup', into, '--json')
    expect(code, output).toBe(0)
    backup = JSON.parse(output).directory
    await write(2)
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
    moment = new Date((rows[0]?.now.getTime() ?? 0) + 1).toISOString()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await write(3)
    await archived()
    await write(4)
    await close()
    await running.release()

    const elsewhere = path.join(directory, 'at a moment')
    const at = await worldloom({ ...settings, DATA_DIR: elsewhere }, 'restore', backup, '--until', moment)
    expect(at.output).toContain(`and the log up to ${moment}`)
    const restored = await openEmbeddedServer({ dataDir: elsewhere, as: 'own' })
    expect(await numbersIn(restored.url)).toEqual([1, 2])
    await restored.release()

    const latest = await worldloom(settings, 'restore', backup, '--until', 'latest', '--force')
    expect(latest.output).toContain('and the log up to its end')
    // What was restored goes on archiving, on a timeline of its own.
    const again = await openEmbeddedServer({ dataDir: data, as: 'own', logArchive: archive })
    expect(await numbersIn(again.url)).toEqual([1, 2, 3, 4])
    await again.release()
  })

  test('a moment that is not in it is refused, and everything stays as it was', async () => {
    const before = await readdir(data)
    for (const [until, said] of [
      ['2999-01-01T00:00:00Z', 'Use --until latest'],
      ['2020-01-01T00:00:00Z', 'The backup was finished later'],
      ['yesterday', 'a moment with its time zone'],
    ] as const) {
      const { code, output } = await worldloom(settings, 'restore', backup, '--force', '--until', until)
      expect(output).toContain(said)
      expect(code).not.toBe(0)
    }
    const unsaid = await worldloom({ DATA_DIR: data }, 'restore', backup, '--force', '--until', 'latest')
    expect(unsaid.output).toContain('LOG_ARCHIVE_DIR')
    expect(await readdir(data)).toEqual(before)
  })

  test('older backups are deleted with the log that only they needed, and nothing else', async () => {
    await mkdir(path.join(into, 'something of mine'))
    const { output } = await worldloom(settings, 'backup', into, '--keep', '1', '--json')
    const { directory: newest, pruned } = JSON.parse(output)
    expect(pruned.backups).toBe(1)
    expect(pruned.logFiles).toBeGreaterThan(0)
    expect((await readdir(into)).sort()).toEqual([path.basename(newest), 'something of mine'].sort())
    expect((await worldloom(settings, 'backup', into, '--keep', '0')).code).toBe(2)
    // What is left is enough.
    const elsewhere = path.join(directory, 'from what is left')
    const restored = await worldloom({ ...settings, DATA_DIR: elsewhere }, 'restore', newest, '--until', 'latest')
    expect(restored.code, restored.output).toBe(0)
  })
})

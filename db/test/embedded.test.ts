import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { type EmbeddedServer, openEmbeddedServer } from '../src/embedded/index.ts'
import { createDatabase } from '../src/index.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const opened: EmbeddedServer[] = []
afterAll(() => Promise.allSettled(opened.map((server) => server.release())))

async function open(dataDir: string, as: 'own' | 'join' = 'own', onNotice?: (sentence: string) => void) {
  const server = await openEmbeddedServer({ dataDir, as, ...(onNotice && { onNotice }) })
  opened.push(server)
  return server
}

async function execute(server: EmbeddedServer, statement: string): Promise<unknown[]> {
  const handle = createDatabase(server.url)
  try {
    return (await sql.raw(statement).execute(handle.db)).rows
  } finally {
    await handle.close()
  }
}

async function postmasterPid(server: EmbeddedServer): Promise<number> {
  return Number.parseInt(await readFile(path.join(server.directory, 'postmaster.pid'), 'utf8'), 10)
}

describe('the embedded server', () => {
  test('keeps what was written when it is stopped and started again', async () => {
    const dataDir = await temporaryDirectory()
    const first = await open(dataDir)
    await execute(first, 'create table kept as select 42 as answer')
    await first.release()
    const second = await open(dataDir)
    expect(await execute(second, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.release()
  })

  test('is closed to other accounts of the machine: directory and password are for its own', async () => {
    const server = await open(await temporaryDirectory())
    const directory = await stat(server.directory)
    const password = await stat(path.join(server.directory, 'worldloom.password'))
    expect(directory.mode & 0o077).toBe(0)
    expect(password.mode & 0o077).toBe(0)
    const wrong = createDatabase(server.url.replace(/:[^:@]+@/, ':guess@'))
    await expect(sql`select 1`.execute(wrong.db)).rejects.toMatchObject({ code: '28P01' })
    await wrong.close()
    await server.release()
  })

  test('two starts at once on one new directory: one runs, the other is refused with a sentence', async () => {
    const dataDir = await temporaryDirectory()
    const results = await Promise.allSettled([open(dataDir), open(dataDir), open(dataDir)])
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(2)
    for (const { reason } of refused) {
      expect(reason.message).toMatch(
        new RegExp(`Worldloom already runs on .* \\(process ${process.pid}\\)\\. Stop it first, or set DATA_DIR`),
      )
    }
    const running = results.find((result) => result.status === 'fulfilled')
    expect(await execute(running?.value as EmbeddedServer, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a command joins the running server, and leaves it running', async () => {
    const dataDir = await temporaryDirectory()
    const owner = await open(dataDir)
    const command = await open(dataDir, 'join')
    expect(command.port).toBe(owner.port)
    await command.release()
    expect(await execute(owner, 'select 1 as one')).toEqual([{ one: 1 }])
    await owner.release()
  })

  test('a command alone starts a server and stops it when the last one is done', async () => {
    const dataDir = await temporaryDirectory()
    const first = await open(dataDir, 'join')
    const second = await open(dataDir, 'join')
    await first.release()
    expect(await execute(second, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.release()
    await expect(readFile(path.join(second.directory, 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a database killed at work is recovered, with a sentence that says so', async () => {
    const dataDir = await temporaryDirectory()
    // A command does not restart it.
    const crashed = await open(dataDir, 'join')
    await execute(crashed, 'create table kept as select 42 as answer')
    const pid = await postmasterPid(crashed)
    process.kill(pid, 'SIGKILL')
    // Gone, or at most a zombie.
    await expect.poll(() => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).toBe('')
    const notices: string[] = []
    const recovered = await open(dataDir, 'own', (sentence) => notices.push(sentence))
    expect(notices).toEqual([expect.stringMatching(/was not shut down the last time \(its process \d+ is gone\)/)])
    expect(await execute(recovered, 'select answer from kept')).toEqual([{ answer: 42 }])
    await recovered.release()
  })

  test('a server that is killed while it is used is started again, with everything it had', async () => {
    const notices: string[] = []
    const server = await open(await temporaryDirectory(), 'own', (sentence) => notices.push(sentence))
    await execute(server, 'create table kept as select 42 as answer')
    const pid = await postmasterPid(server)
    process.kill(pid, 'SIGKILL')
    // What it has started may answer until it notices.
    await expect.poll(() => postmasterPid(server).catch(() => pid), { timeout: 20_000 }).not.toBe(pid)
    await expect
      .poll(() => execute(server, 'select answer from kept').catch(() => 'down'), { timeout: 20_000 })
      .toEqual([{ answer: 42 }])
    await expect.poll(() => notices).toEqual([expect.stringContaining('It was started again')])
    const dataDir = path.dirname(server.directory)
    await expect.poll(() => open(dataDir).catch((error) => error.message)).toMatch(/already runs/)
    await server.release()
  })

  test('a server that keeps dying is given up after five times in a minute, with a sentence', async () => {
    const givenUp: Error[] = []
    const server = await openEmbeddedServer({
      dataDir: await temporaryDirectory(),
      as: 'own',
      onGivenUp: (error) => givenUp.push(error),
    })
    opened.push(server)
    const killed = new Set<number>()
    while (givenUp.length === 0) {
      const pid = await execute(server, 'select 1')
        .then(() => postmasterPid(server))
        .catch(() => undefined)
      // Processes of the one killed last may still have answered.
      if (pid === undefined || killed.has(pid)) {
        await new Promise((resolve) => setTimeout(resolve, 100))
        continue
      }
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    }
    expect(killed.size).toBeLessThanOrEqual(6)
    expect(givenUp).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/stopped 5 times within a minute.*server\.log/) }),
    ])
  })

  test('a stale lock that names a living process which is not PostgreSQL is removed', async () => {
    const dataDir = await temporaryDirectory()
    const before = await open(dataDir)
    await before.release()
    await writeFile(path.join(before.directory, 'postmaster.pid'), `${process.pid}\n${before.directory}\n1\n1\n\n`)
    const notices: string[] = []
    const after = await open(dataDir, 'own', (sentence) => notices.push(sentence))
    expect(notices).toHaveLength(1)
    await after.release()
  })

  test('a server left by an application that was killed is taken over', async () => {
    const dataDir = await temporaryDirectory()
    const child = spawn(process.execPath, [fileURLToPath(new URL('ownerProcess.ts', import.meta.url)), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const adopted = await open(dataDir)
    expect(await execute(adopted, 'select 1 as one')).toEqual([{ one: 1 }])
    await adopted.release()
  })

  test('a directory that is something else is explained and left alone', async () => {
    const dataDir = await temporaryDirectory()
    await mkdir(path.join(dataDir, 'postgres'))
    await writeFile(path.join(dataDir, 'postgres', 'diary.txt'), 'dear diary')
    await expect(open(dataDir)).rejects.toThrow(/is not a PostgreSQL data directory/)
    expect(await readFile(path.join(dataDir, 'postgres', 'diary.txt'), 'utf8')).toBe('dear diary')
  })

  test("another major version's directory is explained", async () => {
    const dataDir = await temporaryDirectory()
    await mkdir(path.join(dataDir, 'postgres'))
    await writeFile(path.join(dataDir, 'postgres', 'PG_VERSION'), '14\n')
    await expect(open(dataDir)).rejects.toThrow(/was made by PostgreSQL 14, and the embedded one is 18.*DATABASE_URL/)
  })

  test('the lock is taken again after the database was restarted under the application', async () => {
    const dataDir = await temporaryDirectory()
    const owner = await open(dataDir)
    await execute(
      owner,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'worldloom process%'`,
    )
    const holders = `select count(*)::int as holders from pg_locks where locktype = 'advisory' and objid = 7201001 and granted`
    await expect.poll(() => execute(owner, holders)).toEqual([{ holders: 1 }])
    await expect(open(dataDir)).rejects.toThrow(/already runs/)
    await owner.release()
  })
})

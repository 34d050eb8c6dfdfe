import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createWorldloomClient } from '@worldloom/client'
import { createTestApiKey, startTestWorldloom } from '@worldloom/server/testing'
import { afterAll, expect, test, vi } from 'vitest'
import { MirrorStore } from '../src/mirrorStore.ts'

const worldloom = await startTestWorldloom()
const directory = mkdtempSync(path.join(os.tmpdir(), 'worldloom-mirror-'))
afterAll(async () => {
  await worldloom.close()
  rmSync(directory, { recursive: true })
})
const apiKey = await createTestApiKey(worldloom)
const client = createWorldloomClient({ url: worldloom.url, apiKey })

function start(name: string, file: string): { child: ChildProcess; lines: string[] } {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../src/main.ts'), name, file], {
    env: { ...process.env, WORLDLOOM_URL: worldloom.url, WORLDLOOM_API_KEY: apiKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  child.stdout.on('data', (data) => lines.push(...String(data).trim().split('\n')))
  return { child, lines }
}

test('a mirror takes everything over, follows, and resumes with what was changed meanwhile and nothing more', async () => {
  const { id: worldId } = await client.world.create.mutate({ name: 'Coast' })
  const names = Array.from({ length: 230 }, (_, index) => `Persona ${String(index).padStart(3, '0')}`)
  for (let at = 0; at < names.length; at += 46) {
    await Promise.all(names.slice(at, at + 46).map((name) => client.persona.create.mutate({ worldId, name })))
  }
  const file = path.join(directory, 'coast.db')
  const first = start('Coast', file)
  await vi.waitUntil(() => first.lines.at(-1)?.endsWith(': 230 entries'), { timeout: 20_000 })
  const wren = await client.persona.create.mutate({ worldId, name: 'Wren' })
  await vi.waitUntil(() => first.lines.at(-1)?.endsWith(': 231 entries'), { timeout: 20_000 })
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  await client.persona.update.mutate({ id: wren.id, version: 1, name: 'Halloran' })
  const gone = await client.persona.byName.query({ worldId, name: 'Persona 007' })
  await client.persona.delete.mutate({ id: gone.id, version: 1 })
  const second = start('Coast', file)
  await vi.waitUntil(() => second.lines.length > 0, { timeout: 20_000 })
  expect(second.lines).toEqual(['1 taken over, 1 gone: 230 entries'])
  second.child.kill('SIGTERM')
  expect(await once(second.child, 'exit')).toEqual([0, null])

  const store = new MirrorStore(file)
  expect(store.names('persona')).toEqual(['Halloran', ...names.filter((name) => name !== 'Persona 007')])
  store.close()
})

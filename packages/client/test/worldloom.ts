import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll } from 'vitest'

// A program instead of a package, as the server's own tests depend on the client.
const server = path.join(import.meta.dirname, '../../../apps/server/src/testing/serve.ts')

/** Starts a real Worldloom until the test file ends. */
export async function startWorldloom(): Promise<{ readonly url: string; readonly apiKey: string }> {
  const child = spawn(process.execPath, [server], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  afterAll(async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string] // as serve.ts prints it
  return JSON.parse(line)
}

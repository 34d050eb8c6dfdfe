import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startPrimary } from '@worldloom/db/testing'
import { createTestApiKey, startTestWorldloom } from '@worldloom/server/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { hasProgram } from '../src/programs.ts'

const run = promisify(execFile)
const example = fileURLToPath(new URL('../../examples/python', import.meta.url))

describe.runIf(hasProgram('openapi-python-client'))('a Python client', async () => {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'worldloom-python-'))
  const database = await startPrimary()
  const server = await startTestWorldloom({ DATABASE_URL: database.url })
  afterAll(async () => {
    await server.close()
    await database.remove()
    await rm(scratch, { recursive: true, force: true })
  })

  test('is generated from the document as it is, without a warning, and does everything with the running server', async () => {
    const client = path.join(scratch, 'worldloom_client')
    await run('openapi-python-client', [
      'generate',
      ...['--url', `${server.url}/api/v1/openapi.json`],
      ...['--config', path.join(example, 'openapi-python-client.yml')],
      ...['--output-path', client, '--meta', 'none', '--overwrite', '--fail-on-warning'],
    ])
    // unittest writes to stderr, and ends with 1 if a test fails.
    const { stderr } = await run('python3', [path.join(example, 'test_client.py'), '-v'], {
      env: {
        ...process.env,
        PYTHONPATH: [path.dirname(client), process.env.PYTHONPATH].filter(Boolean).join(path.delimiter),
        WORLDLOOM_URL: server.url,
        WORLDLOOM_API_KEY: await createTestApiKey(server),
      },
    })
    expect(stderr).toMatch(/Ran \d\d tests .*\n\nOK\n/s)
  })
})

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { calls, says, startModelEndpoint } from '@worldloom/server/testing'
import { afterAll, expect, test } from 'vitest'
import { shellEnvironment } from '../src/shell.ts'
import { startTestWorldloom } from '../src/worldloom.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
/** Inside this package, which depends on the client. */
const directory = mkdtempSync(fileURLToPath(new URL('../ways-in-', import.meta.url)))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const endpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const worldloom = await startTestWorldloom({ OPENAI_MODEL: 'test-model', OPENAI_BASE_URL: endpoint.url })

test('docs/ways-in.md does what it says, line by line', { timeout: 120_000 }, async () => {
  endpoint.answer(calls(['searchWorld', { query: 'bell' }]), says('Nobody rings it.'))
  const text = readFileSync(path.join(repository, 'docs/ways-in.md'), 'utf8')
  const blocks = [...text.matchAll(/```(sh|ts)\n([\s\S]*?)```/g)]
  const script = blocks.map(([, language, code = ''], index) => {
    if (language === 'sh') return code
    const file = path.join(directory, `block-${index}.ts`)
    writeFileSync(file, code)
    return `node ${file}`
  })
  expect(script.length).toBeGreaterThan(6)
  writeFileSync(path.join(directory, 'worldloom'), `#!/bin/sh\nexec node ${repository}/apps/cli/src/main.ts "$@"\n`, {
    mode: 0o755,
  })
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    const env = {
      ...shellEnvironment(),
      PATH: `${directory}:${process.env.PATH}`,
      TMPDIR: directory,
      WORLDLOOM_URL: worldloom.url,
      DATABASE_URL: worldloom.database.url,
      DATA_DIR: worldloom.dataDir,
    }
    const options = { cwd: repository, env, timeout: 90_000 }
    const child = execFile('sh', ['-euxc', script.join('\n')], options, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? error.signal) : 0, output: stdout + stderr }),
    )
    child.stdin?.end()
  })
  expect(code, output).toBe(0)
  for (const told of [
    'Imported “The Other Coast”',
    '"name":"Dusk"',
    'The harbour empties.',
    'The Shawshank Redemption',
    'dread',
    'Nobody rings it.',
  ]) {
    expect(output).toContain(told)
  }
  expect(readFileSync(path.join(directory, 'thumb.avif')).subarray(4, 12).toString('latin1')).toBe('ftypavif')
  expect(readFileSync(path.join(directory, 'first-bytes'))).toHaveLength(8)
})

import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { pnpmCommand, shellEnvironment } from '../src/shell.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const pnpm = pnpmCommand()
/** A copy of the repository that can be written to. */
const copy = mkdtempSync(path.join(os.tmpdir(), 'worldloom-copy-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** What is there after a while of working, and no part of the repository. */
function isMade(name: string): boolean {
  return /^(node_modules|dist|artefacts|ways-in-.*|\.git|\.data|\.turbo|\.env)$/.test(name)
}

/** Every file of the copy with what is in it. */
function contents(): Map<string, string> {
  const files = readdirSync(copy, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
  )
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name)
      return [file, readFileSync(file, 'base64')]
    }),
  )
}

async function run(command: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: copy,
      env: {
        ...shellEnvironment(),
        FORCE_COLOR: '0',
        PATH: `${path.join(copy, 'node_modules/.bin')}:${process.env.PATH}`,
      },
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) throw new Error(`${error.message}\n${error.stdout}`)
    throw error
  }
}

test('what new:service and new:entity make passes every check and its tests as it is', {
  timeout: 900_000,
}, async () => {
  cpSync(repository, copy, { recursive: true, filter: (file) => !isMade(path.basename(file)) })
  await run(...pnpm, 'install', '--frozen-lockfile', '--prefer-offline')

  expect(await run(...pnpm, 'run', 'new:service', 'gadget')).toContain('Gadgets are there')
  expect(await run(...pnpm, 'run', 'new:entity', 'quest')).toContain('Quests are there')
  // What can not be is refused, and leaves everything as it is.
  const before = contents()
  for (const name of ['gadget', 'story', 'Quest', 'two words', '../x', '']) {
    await expect(run(...pnpm, 'run', 'new:service', name)).rejects.toThrow(/is taken|Give it a name/)
  }
  await expect(run(...pnpm, 'run', 'new:entity', 'world')).rejects.toThrow('world is taken')
  expect(contents()).toEqual(before)

  expect(await run(...pnpm, 'run', 'check')).toContain('6 passed, 0 failed')
  await run(
    'vitest',
    'run',
    ...['gadget', 'quest', 'openApi', 'access', 'entities', 'migrations', 'rest', 'postman', 'permissions'],
  )
  await run('turbo', 'run', 'build', '--filter=@worldloom/web', '--output-logs=errors-only', '--ui=stream')
  await run('vitest', 'run', '--root', 'e2e', 'gadgets')
})

import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { pnpmCommand, shellEnvironment } from '../src/shell.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const pnpm = pnpmCommand()
/** A writable copy of the repository. */
const copy = mkdtempSync(path.join(os.tmpdir(), 'worldloom-copy-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Files from local work that are not part of the repository. */
function isMade(name: string): boolean {
  return /^(node_modules|dist|artefacts|ways-in-.*|\.git|\.data|\.turbo|\.test|\.env)$/.test(name)
}

/** Records every file's present content. */
async function commit(): Promise<void> {
  await run('git', 'add', '--all')
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  await run('git', ...author, 'commit', '--quiet', '--message', 'As it is')
}

async function run(command: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: copy,
      env: {
        ...shellEnvironment(),
        FORCE_COLOR: '0',
        // What the generators do not change need not be checked again.
        TURBO_CACHE_DIR: path.join(repository, '.turbo/cache'),
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
  timeout: 1_800_000,
}, async () => {
  cpSync(repository, copy, { recursive: true, filter: (file) => !isMade(path.basename(file)) })
  await run('git', 'init', '--quiet')
  await run(...pnpm, 'install', '--frozen-lockfile', '--prefer-offline')

  expect(await run(...pnpm, 'run', 'new:service', 'gadget')).toContain('Gadgets are there')
  expect(await run(...pnpm, 'run', 'new:entity', 'quest')).toContain('Quests are there')
  // Impossible requests are refused and change nothing.
  await commit()
  for (const name of ['gadget', 'story', 'Quest', 'two words', '../x', '']) {
    await expect(run('node', 'scripts/newService.ts', name)).rejects.toThrow(/is taken|Give it a name/)
  }
  await expect(run('node', 'scripts/newEntity.ts', 'world')).rejects.toThrow('world is taken')
  expect(await run('git', 'status', '--porcelain')).toBe('')

  expect(await run(...pnpm, 'run', 'check')).toMatch(/^\d+ passed, 0 failed$/m)
  await run(
    'vitest',
    'run',
    ...['gadget', 'quest', 'openApi', 'access', 'entities', 'migrations', 'rest', 'postman', 'permissions'],
  )
  await run(
    ...pnpm,
    'exec',
    'turbo',
    'run',
    'build',
    '--filter=@worldloom/web',
    '--output-logs=errors-only',
    '--ui=stream',
  )
  await run('vitest', 'run', '--root', 'e2e', 'gadgets')
})

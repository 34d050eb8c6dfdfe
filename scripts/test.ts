/**
 * `pnpm test`: every check and every test, run by Turbo, which skips what has not changed since it last passed. Ends
 * with one line of counts, where each test and each check counts as one. --affected: only what the changes since `main`
 * (or TURBO_SCM_BASE) can reach --checks-only (`pnpm check`): without the tests --force: including what has not changed
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options } = parseArgs({
  options: {
    affected: { type: 'boolean', default: false },
    'checks-only': { type: 'boolean', default: false },
    force: { type: 'boolean', default: false },
  },
})

const checks = [
  'lint',
  'imports',
  'words',
  'unused',
  'typecheck:scripts',
  'typecheck',
  'codegen:verify',
  'migrations:verify',
  'contract:check',
]
const tests = ['build', 'test', 'test:generators']

/** The part of Turbo's run summary that is read here (https://turborepo.dev/docs/reference/run#--summarize). */
interface Summary {
  readonly tasks: readonly {
    readonly taskId: string
    readonly task: string
    readonly command: string
    readonly outputs: readonly string[] | null
    readonly directory: string
    readonly execution?: { readonly exitCode: number | null }
  }[]
}

interface Counts {
  passed: number
  failed: number
}

const runs = path.join(root, '.turbo/runs')
rmSync(runs, { recursive: true, force: true })
const status = await turbo([
  'run',
  ...checks,
  ...(options['checks-only'] ? [] : tests),
  ...(options.affected ? ['--affected'] : []),
  ...(options.force ? ['--force'] : []),
  // Each task uses more than one core, so more at once would only run into each other's timeouts.
  ...['--continue', '--summarize', '--concurrency=2', '--ui=stream', '--output-logs=errors-only'],
])
const [file] = existsSync(runs) ? readdirSync(runs) : []
if (!file) throw new Error('Turbo did not get as far as running anything; what it says is above.')
const { tasks } = JSON.parse(readFileSync(path.join(runs, file), 'utf8')) as Summary // Turbo's own file
const counts: Counts = { passed: 0, failed: 0 }
for (const task of tasks) count(task)
// Turbo can fail without a failed task.
if (status !== 0 && counts.failed === 0) counts.failed = 1
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
if (counts.failed > 0) process.exitCode = 1

function count({ taskId, task, command, outputs, directory, execution }: Summary['tasks'][number]): void {
  if (command === '<NONEXISTENT>') return
  const passed = execution?.exitCode === 0
  if (!passed) console.error(`✗ ${taskId} ${execution ? 'failed' : 'did not run'}`)
  const report = task.startsWith('test') ? outputs?.[0] : undefined
  if (!report) {
    // Builds only serve other tasks.
    if (task !== 'build' || !passed) counts[passed ? 'passed' : 'failed'] += 1
    return
  }
  const tested = readReport(path.join(root, directory, report))
  counts.passed += tested.passed
  // Vitest can fail without a failed test: because of an error outside tests, or no tests at all.
  counts.failed += passed ? tested.failed : Math.max(tested.failed, 1)
}

/** Vitest's counts. A skipped test counts as failed, as none may be skipped. */
function readReport(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests: passed, numTotalTests: total } = JSON.parse(readFileSync(report, 'utf8'))
  if (total > passed) console.error(`✗ ${path.relative(root, report)}: ${total - passed} of ${total} did not pass`)
  return { passed, failed: total - passed }
}

function turbo(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('turbo', args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
      shell: process.platform === 'win32',
    })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

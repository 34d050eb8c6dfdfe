/**
 * `pnpm test`: every check there is, in order of how fast it speaks, ending with one line of counts.
 * `--checks-only` (`pnpm check`) leaves out the tests.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

interface Outcome {
  readonly passed: number
  readonly failed: number
}

const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', FORCE_COLOR: process.env.CI ? '0' : '1' }

/** A check counts as one. */
async function check(name: string, command: string, ...args: string[]): Promise<Outcome> {
  console.log(`\n── ${name}`)
  const passed = (await run(command, args)) === 0
  if (!passed) console.error(`✗ ${name}: run ${command} ${args.join(' ')}`)
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 }
}

/** Tests are counted one by one, from Vitest's own report. */
async function tests(name: string, ...args: string[]): Promise<Outcome> {
  console.log(`\n── ${name}`)
  const directory = mkdtempSync(path.join(os.tmpdir(), 'worldloom-report-'))
  const report = path.join(directory, 'report.json')
  const status = await run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...args,
  ])
  try {
    const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'))
    const others = numTotalTests - numPassedTests - numFailedTests
    if (others > 0) console.error(`✗ ${name}: ${others} tests did not run; none may be skipped`)
    // A run can fail without a failed test: an error outside of one, or no test at all.
    const failed = numFailedTests + others
    return { passed: numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed }
  } catch {
    console.error(`✗ ${name}: no report was written`)
    return { passed: 0, failed: 1 }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...quiet },
      shell: process.platform === 'win32',
    })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const outcomes: Outcome[] = [
  await check('format and lint', 'biome', 'check', '--error-on-warnings', '.'),
  await check('imports point down', 'node', 'scripts/checkImports.ts'),
  await check('nothing unused', 'knip', '--no-progress'),
  await check('types', 'turbo', 'run', 'typecheck', '--output-logs=errors-only', '--ui=stream'),
  await check('types of scripts', 'tsc', '--noEmit'),
  await check('generated table types are fresh', 'pnpm', '--filter', '@worldloom/db', 'run', 'codegen:verify'),
]
if (!process.argv.includes('--checks-only')) {
  outcomes.push(
    await tests('unit and integration tests'),
    await check('the web app builds', 'turbo', 'run', 'build', '--output-logs=errors-only', '--ui=stream'),
    await tests('end-to-end tests in Chromium', '--root', 'e2e'),
  )
}

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1

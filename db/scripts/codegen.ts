import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cloneTestDatabase, startTestServer } from '../src/testing/index.ts'

/**
 * Writes `src/generated/types.ts` from a freshly migrated database; with `--verify` only checks whether it is up to
 * date.
 */
const server = await startTestServer()
const database = await cloneTestDatabase({}, server.url)
try {
  execFileSync(
    'kysely-codegen',
    [
      ...['--dialect', 'postgres', '--url', database.url, '--camel-case', '--date-parser', 'string'],
      // pg-boss' own tables are its business (packages/jobs).
      ...['--exclude-pattern', '{kysely_*,pgboss.*}'],
      ...['--out-file', fileURLToPath(new URL('../src/generated/types.ts', import.meta.url))],
      ...(process.argv.includes('--verify') ? ['--verify'] : []),
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
} catch {
  console.error('The generated table types are out of date: run pnpm db:codegen.')
  process.exitCode = 1
} finally {
  await database.drop()
  await server.stop()
}

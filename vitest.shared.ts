import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const databaseSetup = fileURLToPath(new URL('db/src/testing/globalSetup.ts', import.meta.url))

/**
 * How every package runs its tests. The report is what `pnpm test` counts, and what Turbo keeps.
 *
 * @param options.database whether the tests need the run's PostgreSQL
 * @param options.setup what else is done once, before the first test
 * @param options.test what differs from the rest
 */
export function defineTests(
  name: string,
  {
    database = false,
    setup = [],
    test = {},
    ...rest
  }: ViteUserConfig & { readonly database?: boolean; readonly setup?: readonly string[] } = {},
): ViteUserConfig {
  return defineConfig({
    ...rest,
    test: {
      name,
      include: ['test/**/*.test.{ts,tsx}'],
      globalSetup: [...(database ? [databaseSetup] : []), ...setup],
      // Most tests wait (for a server, a database, a time limit) more than they compute: more workers than cores.
      maxWorkers: 3,
      // Each file opens what it uses; loading the server anew for each would take a third of the time.
      isolate: false,
      // For what hangs, not for what is slow: a machine may have several times as much to do as it can.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      expect: { poll: { timeout: 10_000 } },
      reporters: ['default', 'json'],
      outputFile: { json: '.test/report.json' },
      ...test,
    },
  })
}

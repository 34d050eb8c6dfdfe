import { defineTests } from '../vitest.shared.ts'

export default defineTests('e2e', {
  database: true,
  setup: ['./src/unpackChromium.ts'],
  test: {
    maxWorkers: 2,
    // On a machine with several times as much to do as it can. What needed it is named in the output (“retry x1”).
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    include: ['test/!(generators).test.ts'],
  },
})

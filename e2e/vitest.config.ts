import { defineTests } from '../vitest.shared.ts'

export default defineTests('e2e', {
  database: true,
  setup: ['./src/unpackChromium.ts'],
  test: {
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    include: ['test/!(generators).test.ts'],
  },
})

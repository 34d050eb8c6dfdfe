import { defineTests } from '../vitest.shared.ts'

export default defineTests('e2e', {
  database: true,
  setup: ['./src/unpackChromium.ts'],
  test: { maxWorkers: 2, testTimeout: 60_000, hookTimeout: 120_000, include: ['test/!(generators).test.ts'] },
})

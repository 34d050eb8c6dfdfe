import { defineTests } from '../vitest.shared.ts'

/** What needs more than Node: `pnpm test:operations`. */
export default defineTests('operations', {
  test: {
    include: ['operations/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 1,
    reporters: ['default'],
  },
})

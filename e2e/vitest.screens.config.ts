import { defineTests } from '../vitest.shared.ts'

/** Makes the pictures of the README: `pnpm screens`. */
export default defineTests('screens', {
  database: true,
  setup: ['./src/unpackChromium.ts'],
  test: { include: ['screens/**/*.ts'], testTimeout: 120_000, reporters: ['default'] },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  // As in vitest.shared.ts. Settings of the whole run are read from here.
  test: {
    maxWorkers: 3,
    projects: ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'db', 'examples/*/vitest.config.ts'],
  },
})

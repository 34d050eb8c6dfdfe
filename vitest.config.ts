import { defineConfig } from 'vitest/config'

export default defineConfig({
  // As in vitest.shared.ts: what concerns the whole run is taken from here.
  test: { maxWorkers: 3, projects: ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'db', 'examples/*'] },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'world-digest', globalSetup: '../../db/src/testing/globalSetup.ts', hookTimeout: 60_000 },
})

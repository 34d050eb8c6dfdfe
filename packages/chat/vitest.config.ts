import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { name: 'api', globalSetup: '../../db/src/testing/globalSetup.ts', hookTimeout: 60_000 },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'server',
    globalSetup: '../../db/src/testing/globalSetup.ts',
    hookTimeout: 60_000,
    expect: { poll: { timeout: 5000 } },
    testTimeout: 30_000,
  },
})

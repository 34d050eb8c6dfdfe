import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'db',
    globalSetup: './src/testing/globalSetup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 5000 } },
  },
})

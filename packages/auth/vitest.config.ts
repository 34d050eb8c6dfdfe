import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'auth',
    globalSetup: '../../db/src/testing/globalSetup.ts',
    hookTimeout: 60_000,
    expect: { poll: { timeout: 5000 } },
  },
})

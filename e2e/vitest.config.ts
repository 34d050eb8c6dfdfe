import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'e2e',
    globalSetup: '../db/src/testing/globalSetup.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One browser at a time: the machines this runs on have two cores.
    fileParallelism: false,
    expect: { poll: { timeout: 10_000 } },
  },
})

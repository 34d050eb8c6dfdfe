import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'client',
    globalSetup: '../../db/src/testing/globalSetup.ts',
    expect: { poll: { timeout: 5000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    server: { deps: { inline: [/solid/, /@tanstack/] } },
  },
  resolve: { conditions: ['development', 'browser'] },
})

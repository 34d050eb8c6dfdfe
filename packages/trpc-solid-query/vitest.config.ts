import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [solid()],
  test: {
    name: 'trpc-solid-query',
    environment: 'jsdom',
    expect: { poll: { timeout: 5000 } },
    testTimeout: 20_000,
    server: { deps: { inline: [/solid/, /@tanstack/] } },
  },
  resolve: { conditions: ['development', 'browser'] },
})

import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [solid()],
  test: {
    name: 'trpc-solid-query',
    environment: 'jsdom',
    typecheck: { enabled: false },
    server: { deps: { inline: [/solid/, /@tanstack/] } },
  },
  resolve: { conditions: ['development', 'browser'] },
})

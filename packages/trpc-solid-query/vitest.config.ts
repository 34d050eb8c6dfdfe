import solid from 'vite-plugin-solid'
import { defineTests } from '../../vitest.shared.ts'

export default defineTests('trpc-solid-query', {
  plugins: [solid()],
  test: { environment: 'jsdom', server: { deps: { inline: [/solid/, /@tanstack/] } } },
  resolve: { conditions: ['development', 'browser'] },
})

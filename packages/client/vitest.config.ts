import { defineTests } from '../../vitest.shared.ts'

export default defineTests('client', {
  database: true,
  // Each test file chooses its environment: Node or jsdom.
  test: { isolate: true, server: { deps: { inline: [/solid/, /@tanstack/] } } },
  resolve: { conditions: ['development', 'browser'] },
})

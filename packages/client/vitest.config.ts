import { defineTests } from '../../vitest.shared.ts'

export default defineTests('client', {
  database: true,
  // Files have environments of their own: Node, or a document.
  test: { isolate: true, testTimeout: 60_000, server: { deps: { inline: [/solid/, /@tanstack/] } } },
  resolve: { conditions: ['development', 'browser'] },
})

import { defineTests } from '../vitest.shared.ts'

/** Apart from the others: it judges the whole repository, and so has to run again whatever changes. */
export default defineTests('generators', {
  test: { include: ['test/generators.test.ts'], outputFile: { json: '.test/generators.json' } },
})

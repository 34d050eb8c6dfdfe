import { defineTests } from '../vitest.shared.ts'

/** Separate from the others, as it checks the whole repository and so has to run again after any change. */
export default defineTests('generators', {
  test: { include: ['test/generators.test.ts'], outputFile: { json: '.test/generators.json' } },
})

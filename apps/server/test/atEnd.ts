import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** Cleans up after the test or, outside a test, after the test file. Inside a test `afterAll` would never be called. */
export function atEnd(cleanUp: () => unknown): void {
  const whenDone = TestRunner.getCurrentTest() ? onTestFinished : afterAll
  whenDone(async () => {
    await cleanUp()
  })
}

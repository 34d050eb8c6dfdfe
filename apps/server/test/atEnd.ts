import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** Cleans up when the test is done, or, outside of one, the test file. Within a test `afterAll` would never be called. */
export function atEnd(cleanUp: () => unknown): void {
  const whenDone = TestRunner.getCurrentTest() ? onTestFinished : afterAll
  whenDone(async () => {
    await cleanUp()
  })
}

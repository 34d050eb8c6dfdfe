import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** A directory that is removed after the test or, outside a test, after the test file. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-db-'))
  const whenDone = TestRunner.getCurrentTest() ? onTestFinished : afterAll
  whenDone(() => rm(directory, { recursive: true, force: true }))
  return directory
}

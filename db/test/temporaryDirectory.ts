import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** A directory that is gone when the test file is done. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-db-'))
  afterAll(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/**
 * Two workers on one port against one, side by side. PostgreSQL and what makes the load run on the same machine: with two cores,
 * they take most of what a second worker could use.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { comparedReads, measure, report } from './load.ts'
import { startMain } from './mainProcess.ts'
import { seed } from './seed.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const database = await openEmbeddedServer({ dataDir, as: 'own' })
const publicUrl = 'http://localhost:3000'
const seeded = await seed(database.url, publicUrl)
const one = await startMain(database.url, publicUrl, { WORKERS: '1' })
const two = await startMain(database.url, publicUrl, { WORKERS: '2' })
report(await measure(comparedReads({ ...one, how: 'one worker' }, { ...two, how: 'two workers' }, seeded)))
await Promise.all([one.stop(), two.stop()])
await database.release()
await rm(dataDir, { recursive: true, force: true })

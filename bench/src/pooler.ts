/**
 * Through PgBouncer in transaction mode, as `pgbouncer` on the PATH is, against a direct connection: two servers on one database,
 * side by side. Sends no named statements, which PgBouncer before 1.21 cannot keep; BENCH_NAMED=true does, for later ones.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { startPgBouncer } from '@worldloom/db/testing'
import { comparedReads, measure, report } from './load.ts'
import { startProcess } from './process.ts'
import { appSecret, seed } from './seed.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const database = await openEmbeddedServer({ dataDir, as: 'own' })
const publicUrl = 'http://localhost:3000'
const seeded = await seed(database.url, publicUrl)
const pooler = await startPgBouncer(database.url)

const environment = { PORT: '0', NODE_ENV: 'development', PUBLIC_URL: publicUrl, APP_SECRET: appSecret }
const direct = await startProcess('server.ts', { ...environment, DATABASE_URL: database.url })
const pooled = await startProcess('server.ts', {
  ...environment,
  DATABASE_URL: pooler.url,
  DATABASE_DIRECT_URL: database.url,
  DATABASE_PREPARED_STATEMENTS: process.env.BENCH_NAMED || 'false',
})
report(await measure(comparedReads({ ...direct, how: 'direct' }, { ...pooled, how: 'through PgBouncer' }, seeded)))
direct.stop()
pooled.stop()
await pooler.stop()
await database.release()
await rm(dataDir, { recursive: true, force: true })

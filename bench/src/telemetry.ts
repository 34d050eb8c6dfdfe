/**
 * What OpenTelemetry costs: a server that sends all of its traces, one that keeps a tenth, and one that sends none, side by side.
 * The collector takes what it gets and throws it away.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
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
let received = 0
const collector = createServer((request, response) => {
  request.on('data', (piece: Buffer) => {
    received += piece.byteLength
  })
  request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'))
})
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}` // it listens on TCP
const start = (environment: Record<string, string>) => startMain(database.url, publicUrl, environment)
const none = await start({})
const tenth = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: '0.1' })
const all = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: '1' })
report(
  await measure([
    ...comparedReads({ ...none, how: 'none' }, { ...tenth, how: 'a tenth' }, seeded),
    ...comparedReads({ ...none, how: 'none' }, { ...all, how: 'all' }, seeded),
  ]),
)
console.log(`\nThe collector received ${Math.round(received / 1024 / 1024)} MB.`)
await Promise.all([none.stop(), tenth.stop(), all.stop()])
collector.close()
await database.release()
await rm(dataDir, { recursive: true, force: true })

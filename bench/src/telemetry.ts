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
// Two at a time: a third process slows the one down that is measured last.
for (const [how, ratio] of [
  ['a tenth', '0.1'],
  ['all', '1'],
] as const) {
  const none = await start({})
  const some = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio })
  report(await measure(comparedReads({ ...none, how: 'none' }, { ...some, how }, seeded)))
  await Promise.all([none.stop(), some.stop()])
}
console.log(`\nThe collector received ${Math.round(received / 1024 / 1024)} MB.`)
collector.close()
await database.release()
await rm(dataDir, { recursive: true, force: true })

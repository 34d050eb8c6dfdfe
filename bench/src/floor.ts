/**
 * The floor: what Node and PostgreSQL can do with nothing in between. Named statements on shared connections as ours,
 * `JSON.stringify`, no checks. `/<number of a statement>/<its parameter>`.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

/** The same as in db/src/pipeline.ts. */
const maxInFlight = 16
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, pipeline: true })
const statements: readonly string[] = JSON.parse(process.env.FLOOR_STATEMENTS ?? '[]')
const lanes = new Set<{ readonly client: Promise<pg.PoolClient>; inFlight: number }>()

async function query(index: number, value: string): Promise<unknown[]> {
  let lane = [...lanes].find(({ inFlight }) => inFlight < maxInFlight)
  if (!lane) {
    lane = { client: pool.connect(), inFlight: 0 }
    lanes.add(lane)
  }
  lane.inFlight++
  const client = await lane.client
  const { rows } = await client.query({ name: `floor${index}`, text: statements[index] ?? '', values: [value] })
  lane.inFlight--
  if (lane.inFlight === 0) {
    lanes.delete(lane)
    client.release()
  }
  return rows
}

const server = createServer(async (request, response) => {
  const [, index = '0', value = ''] = request.url?.split('/') ?? []
  const rows = await query(Number(index), value)
  const body = JSON.stringify(rows.length === 1 ? rows[0] : rows)
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)) // TCP, so not the name of a pipe

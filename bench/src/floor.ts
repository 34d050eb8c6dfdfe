/** The floor: what Node and PostgreSQL can do with nothing between them. One named statement, no checks. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const text = process.env.FLOOR_STATEMENT ?? 'select 1'

const server = createServer(async (request, response) => {
  const id = request.url?.slice(1)
  const { rows } = await pool.query({ name: 'row', text, values: [id] })
  const body = JSON.stringify(rows[0])
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)) // TCP, so not a pipe's name

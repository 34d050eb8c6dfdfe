import { isRecording } from '@worldloom/telemetry'
import pg from 'pg'
import { type NamedStatement, PreparedRead } from './preparedRead.ts'
import { inStatementSpan } from './traceStatements.ts'

/** How many statements may be in flight on one connection, and so how many one may have to wait for. */
const maxInFlight = 16

/** A connection that is shared for as long as statements are in flight on it. */
interface Lane {
  readonly client: Promise<pg.PoolClient>
  connected: boolean
  /** Whether statements are being collected, to be written together. */
  gathering: boolean
  inFlight: number
  lost: Error | undefined
}

/**
 * Pipelines short reads on shared connections. Sent one by one, each on its own connection, waking PostgreSQL and being
 * woken by it costs more than running the statement.
 *
 * Each statement is its own transaction, and a failure does not affect the others. Results arrive in order, so only
 * very short statements belong here.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export class Pipeline {
  readonly #pool: pg.Pool
  readonly #lanes = new Set<Lane>()

  /** @param pool its connections have to be in pg's pipeline mode */
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** How many connections are shared at the moment, and the statements in flight on them. */
  get load(): { readonly lanes: number; readonly inFlight: number } {
    let inFlight = 0
    for (const lane of this.#lanes) inFlight += lane.inFlight
    return { lanes: this.#lanes.size, inFlight }
  }

  /** @returns the rows, with their columns in camel case */
  query<Row extends object>(statement: NamedStatement, values: unknown[]): Promise<Row[]> {
    if (isRecording()) return inStatementSpan(statement.text, () => this.#query<Row>(statement, values))
    return this.#query(statement, values)
  }

  async #query<Row extends object>(statement: NamedStatement, values: unknown[]): Promise<Row[]> {
    const lane = this.#lane()
    lane.inFlight++
    try {
      const client = await lane.client
      gather(lane, client)
      return await new Promise<Row[]>((resolve, reject) => {
        const read = new PreparedRead<Row>(statement, values)
        read.callback = (error, rows) => (error ? reject(error) : resolve(rows))
        client.query(read)
      })
    } catch (error) {
      // Errors from PostgreSQL are about the statement. Any other error is about the connection, and nothing more is
      // sent on it.
      if (error instanceof Error && !(error instanceof pg.DatabaseError)) {
        lane.lost = error
        this.#lanes.delete(lane)
      }
      throw error
    } finally {
      lane.inFlight--
      if (lane.inFlight === 0) await this.#close(lane)
    }
  }

  #lane(): Lane {
    for (const lane of this.#lanes) {
      // Let a waiting transaction have this connection in the end.
      if (lane.inFlight < maxInFlight && (!lane.connected || this.#pool.waitingCount === 0)) return lane
    }
    const lane: Lane = {
      client: this.#pool.connect(),
      connected: false,
      gathering: false,
      inFlight: 0,
      lost: undefined,
    }
    lane.client.then(
      () => {
        lane.connected = true
      },
      // Whoever awaits it gets the error.
      () => undefined,
    )
    this.#lanes.add(lane)
    return lane
  }

  async #close(lane: Lane): Promise<void> {
    this.#lanes.delete(lane)
    // If none was opened, there is none to release.
    const client = await lane.client.catch(() => undefined)
    client?.release(lane.lost)
  }
}

/**
 * Writes everything sent in one iteration of the event loop together, at its end: however many requests have arrived,
 * it takes one system call and wakes PostgreSQL once.
 */
function gather(lane: Lane, client: pg.PoolClient): void {
  if (lane.gathering) return
  lane.gathering = true
  const { stream } = client.connection
  stream.cork()
  setImmediate(() => {
    lane.gathering = false
    stream.uncork()
  })
}

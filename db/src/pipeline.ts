import pg from 'pg'
import { type NamedStatement, PreparedRead } from './preparedRead.ts'

/** How many statements may be under way on one connection: what one of them can have to wait for. */
const maxInFlight = 16

/** A connection that is shared for as long as something is under way on it. */
interface Lane {
  readonly client: Promise<pg.PoolClient>
  connected: boolean
  /** What is sent is being gathered, to be written at once. */
  gathering: boolean
  inFlight: number
  lost: Error | undefined
}

/**
 * Sends short reads down shared connections without awaiting one's answer before the next is sent. Sent one by one,
 * each on a connection of its own, waking PostgreSQL and being woken by it costs more than what the statement does.
 *
 * Each statement is a transaction of its own, and one that fails leaves the others alone. They are answered in turn, so
 * that only what takes next to no time belongs here.
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

  /** @returns the rows, with their columns in camel case */
  async query<Row extends object>(statement: NamedStatement, values: unknown[]): Promise<Row[]> {
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
      // What PostgreSQL refuses is the statement's fault; whatever else goes wrong is the connection's, and nothing more
      // is to be sent on it.
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
      // Those who wait for a connection of their own are to get this one in the end.
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
      // Whoever waits for it is told.
      () => undefined,
    )
    this.#lanes.add(lane)
    return lane
  }

  async #close(lane: Lane): Promise<void> {
    this.#lanes.delete(lane)
    // Where none was opened there is none to give back.
    const client = await lane.client.catch(() => undefined)
    client?.release(lane.lost)
  }
}

/**
 * What is asked for in one turn of the event loop is written at its end, in one piece: as many requests as have come in
 * by then cost one system call, and PostgreSQL is woken once.
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

import { once } from 'node:events'
import net from 'node:net'

export interface PoolerProxy {
  /** Of the same database, through the proxy. */
  readonly url: string
  /** The names of the statements that clients prepared. */
  readonly named: readonly string[]
  /** The most that a connection had sent and not yet been answered. */
  readonly mostInFlight: number
  /** Whether notifications arrive, as they do directly. */
  passNotifications: boolean
  close(): Promise<void>
}

/**
 * Stands between clients and PostgreSQL as a transaction pooler does: `LISTEN` succeeds, and no notification ever arrives. Tells
 * what clients send that such a pooler cannot serve.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export async function startPoolerProxy(databaseUrl: string): Promise<PoolerProxy> {
  const target = new URL(databaseUrl)
  const named: string[] = []
  const sockets = new Set<net.Socket>()
  const proxy = { passNotifications: false, mostInFlight: 0 }
  const server = net.createServer((client) => {
    const database = net.connect(Number(target.port || 5432), target.hostname)
    let inFlight = 0
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one)
      // Messages are short, and each is waited for.
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    // The first message of a client has no type.
    const fromClient = messages(false)
    client.on('data', (chunk) => {
      for (const message of fromClient(chunk)) {
        const type = String.fromCharCode(message[0] ?? 0)
        if (type === 'P') {
          const name = message.toString('utf8', 5, message.indexOf(0, 5))
          if (name) named.push(name)
        }
        if (type === 'S' || type === 'Q') {
          inFlight++
          proxy.mostInFlight = Math.max(proxy.mostInFlight, inFlight)
        }
        database.write(message)
      }
    })
    let isReady = false
    const fromDatabase = messages(true)
    database.on('data', (chunk) => {
      for (const message of fromDatabase(chunk)) {
        const type = String.fromCharCode(message[0] ?? 0)
        if (type === 'A' && !proxy.passNotifications) continue
        if (type === 'Z') {
          if (isReady) inFlight--
          isReady = true
        }
        client.write(message)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as net.AddressInfo).port) // it listens on TCP
  return Object.assign(proxy, {
    url: url.href,
    named,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  })
}

/** @param isTyped whether the first message has a type, as all later ones do @returns what turns chunks into whole messages */
function messages(isTyped: boolean): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  let hasType = isTyped
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const whole: Buffer[] = []
    for (;;) {
      const start = hasType ? 1 : 0
      if (rest.length < start + 4) return whole
      const length = start + rest.readInt32BE(start)
      if (rest.length < length) return whole
      // Without a type, its first byte is that of its length, which is 0.
      whole.push(rest.subarray(0, length))
      rest = rest.subarray(length)
      hasType = true
    }
  }
}

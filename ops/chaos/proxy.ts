import { once } from 'node:events'
import net from 'node:net'

/** How a network behaves: `silent` takes what is sent and passes nothing on, as where a cable was pulled. */
export type Weather = 'clear' | 'slow' | 'silent'

export interface Proxy {
  readonly port: number
  weather: Weather
  /** Breaks all connections. */
  cut(): void
  close(): Promise<void>
}

const slowness = 80

/** A network between a server and its database, to be disturbed. */
export async function startProxy(target: { readonly port: number }): Promise<Proxy> {
  const sockets = new Set<net.Socket>()
  const proxy = { weather: 'clear' as Weather }
  const server = net.createServer((client) => {
    const upstream = net.connect(target.port, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        // A machine that is gone says nothing more.
        if (proxy.weather !== 'silent') to.destroy()
      })
      from.on('data', (chunk) => {
        if (proxy.weather === 'silent') return
        if (proxy.weather === 'slow') setTimeout(() => to.write(chunk), slowness)
        else to.write(chunk)
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo // it listens on TCP
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return Object.assign(proxy, {
    port,
    cut,
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  })
}

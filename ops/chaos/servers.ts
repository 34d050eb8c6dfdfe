import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@worldloom/db/testing'

const main = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))

/** A server in a process of its own, started again when it ends, as systemd does. */
export class SupervisedServer {
  readonly url: string
  readonly #environment: Record<string, string>
  readonly #log: string
  #child: ChildProcess | undefined
  #isStopping = false

  private constructor(port: number, environment: Record<string, string>, log: string) {
    this.url = `http://127.0.0.1:${port}`
    this.#environment = { ...environment, PORT: String(port) }
    this.#log = log
  }

  static async start(name: string, environment: Record<string, string>, directory: string): Promise<SupervisedServer> {
    const server = new SupervisedServer(await freePort(), environment, path.join(directory, `${name}.log`))
    server.#run()
    await server.ready(120_000)
    return server
  }

  #run(): void {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH, ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const log = createWriteStream(this.#log, { flags: 'a' })
    child.stdout.pipe(log)
    child.stderr.pipe(log)
    this.#child = child
    child.on('exit', () => {
      if (!this.#isStopping) setTimeout(() => this.#run(), 500)
    })
  }

  /** @throws if it does not answer in time */
  async ready(milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds
    while (performance.now() < until) {
      const status = await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2000) }).then(
        (response) => response.status,
        () => 0,
      )
      if (status === 200) return
      await delay(50)
    }
    throw new Error(`${this.url} was not ready within ${milliseconds} ms; see ${this.#log}`)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

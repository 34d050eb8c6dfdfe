import type { ListenerState } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import { jobCounts } from '@worldloom/jobs'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { contribute, isWorker, metricsOfAll } from './metricsOfAll.ts'

/** The metrics that Prometheus reads at `/metrics`. One per app, so that two can exist in a process. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests: Histogram<'method' | 'route' | 'status'>
  /** Looking up a series by its labels costs prom-client more than observing a value. */
  readonly #series = new Map<string, { observe(seconds: number): void }>()

  /** @param live the streams of changes */
  constructor(
    { db, pool }: Pick<DatabaseHandle, 'db' | 'pool'>,
    live: { readonly readers: number },
    listener: { readonly state: ListenerState },
  ) {
    collectDefaultMetrics({ register: this.#registry })
    if (isWorker()) contribute(this.#registry)
    this.#requests = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte of a request to its answer, in seconds.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.#registry],
    })
    const streams = new Gauge({
      name: 'change_streams',
      help: 'Readers of streams of changes to worlds.',
      registers: [this.#registry],
      collect() {
        streams.set(live.readers)
      },
    })
    const heard = new Gauge({
      name: 'database_notifications_heard',
      help: '1 if notifications of PostgreSQL arrive; else 0, and nothing is cached.',
      // Of several workers, whether it is so at all of them.
      aggregator: 'min',
      registers: [this.#registry],
      collect() {
        heard.set(listener.state === 'heard' ? 1 : 0)
      },
    })
    const connections = new Gauge({
      name: 'database_connections',
      help: 'Connections of the pool; waiting are requests without one.',
      labelNames: ['state'],
      registers: [this.#registry],
      collect() {
        connections.set({ state: 'open' }, pool.totalCount)
        connections.set({ state: 'idle' }, pool.idleCount)
        connections.set({ state: 'waiting' }, pool.waitingCount)
      },
    })
    const jobs = new Gauge({
      name: 'jobs',
      help: 'Jobs by name and state, of all servers.',
      labelNames: ['name', 'state'],
      // Each of several workers says the same.
      aggregator: 'max',
      registers: [this.#registry],
      async collect() {
        jobs.reset()
        // Without the database, everything else is worth reading.
        const { items } = await jobCounts(db).catch(() => ({ items: [] }))
        for (const { name, waiting, retrying, running, failed } of items) {
          for (const [state, count] of Object.entries({ waiting, retrying, running, failed }))
            jobs.set({ name, state }, count)
        }
      },
    })
  }

  /** @param route a pattern, never a path, to keep the number of series small */
  observe(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`
    let series = this.#series.get(key)
    if (!series) {
      series = this.#requests.labels({ method, route, status })
      this.#series.set(key, series)
    }
    series.observe(seconds)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** Those of all workers, if there are several. */
  async text(): Promise<string> {
    return isWorker() ? await metricsOfAll() : await this.#registry.metrics()
  }
}

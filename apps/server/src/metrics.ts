import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ListenerState } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import { jobCounts } from '@worldloom/jobs'
import type { PrometheusMetric, Telemetry } from '@worldloom/telemetry'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { contribute, isWorker, metricsOfAll } from './metricsOfAll.ts'
import type { ReadReplicas } from './readReplicas.ts'

interface Measured {
  readonly database: DatabaseHandle
  readonly listener: { readonly state: ListenerState }
  /** The streams of changes, where there are any. */
  readonly live?: { readonly readers: number } | undefined
  /** How often callers were known from the cache, where there are any. */
  readonly authenticator?: { readonly cacheCounts: { readonly hits: number; readonly misses: number } } | undefined
  /** The replicas that are read from, if there are any. */
  readonly replicas?: Pick<ReadReplicas, 'status' | 'reads'> | undefined
  /** Sends the same figures by OTLP, if there is somewhere to. */
  readonly telemetry?: Telemetry | undefined
}

/** A figure that is read when somebody asks for it. */
interface Figure {
  readonly name: string
  readonly help: string
  /** Whether it only grows. */
  readonly isCounter?: boolean
  /** Which one stands for several workers. @default their sum */
  readonly ofWorkers?: 'min' | 'max'
  read(): Promise<readonly Reading[]> | readonly Reading[]
}

interface Reading {
  readonly value: number
  readonly labels?: Readonly<Record<string, string>>
}

/** What there is to measure besides requests. */
function figures({ database, live, listener, authenticator, replicas }: Measured): readonly Figure[] {
  const { db, pool } = database
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return [
    ...callerFigures({ live, authenticator }),
    {
      name: 'database_notifications_heard',
      help: '1 if notifications of PostgreSQL arrive; else 0, and nothing is cached.',
      ofWorkers: 'min',
      read: () => [{ value: listener.state === 'heard' ? 1 : 0 }],
    },
    {
      name: 'database_connections',
      help: 'Connections of the pool; waiting are requests without one.',
      read: () => [
        { labels: { state: 'open' }, value: pool.totalCount },
        { labels: { state: 'idle' }, value: pool.idleCount },
        { labels: { state: 'waiting' }, value: pool.waitingCount },
      ],
    },
    {
      name: 'database_lanes',
      help: 'Connections that short reads share at the moment.',
      read: () => [{ value: database.pipelineLoad().lanes }],
    },
    {
      name: 'database_lane_statements',
      help: 'Statements in flight on connections that short reads share.',
      read: () => [{ value: database.pipelineLoad().inFlight }],
    },
    ...replicaFigures(replicas),
    {
      name: 'event_loop_delay_seconds',
      help: 'How late timers were since the last reading, at the 99th percentile.',
      ofWorkers: 'max',
      read: () => {
        const value = delay.percentile(99) / 1e9
        delay.reset()
        return [{ labels: { quantile: '0.99' }, value: Number.isFinite(value) ? value : 0 }]
      },
    },
    {
      name: 'jobs',
      help: 'Jobs by name and state, of all servers.',
      // Each of several workers says the same.
      ofWorkers: 'max',
      read: async () => {
        // Without the database, everything else is worth reading.
        const { items } = await jobCounts(db).catch(() => ({ items: [] }))
        return items.flatMap(({ name, waiting, retrying, running, failed }) =>
          Object.entries({ waiting, retrying, running, failed }).map(([state, value]) => ({
            labels: { name, state },
            value,
          })),
        )
      },
    },
  ]
}

/** Of processes that serve. */
function callerFigures({ live, authenticator }: Pick<Measured, 'live' | 'authenticator'>): readonly Figure[] {
  if (!live || !authenticator) return []
  return [
    {
      name: 'change_streams',
      help: 'Readers of streams of changes to worlds.',
      read: () => [{ value: live.readers }],
    },
    {
      name: 'principal_cache_total',
      help: 'How often a caller was known from the cache (hit), or looked up (miss).',
      isCounter: true,
      read: () => [
        { labels: { result: 'hit' }, value: authenticator.cacheCounts.hits },
        { labels: { result: 'miss' }, value: authenticator.cacheCounts.misses },
      ],
    },
  ]
}

function replicaFigures(replicas: Pick<ReadReplicas, 'status' | 'reads'> | undefined): readonly Figure[] {
  const status = () => replicas?.status() ?? []
  return [
    {
      name: 'database_replica_serving',
      help: '1 if a replica is read from; else 0.',
      ofWorkers: 'min',
      read: () => status().map(({ name, state }) => ({ labels: { name }, value: state === 'serving' ? 1 : 0 })),
    },
    {
      name: 'database_replica_lag_seconds',
      help: 'By how much a replica is behind the primary, at most.',
      ofWorkers: 'max',
      read: () =>
        status().flatMap(({ name, lag }) => (lag === undefined ? [] : { labels: { name }, value: lag / 1000 })),
    },
    {
      name: 'database_reads_total',
      help: 'Requests that read worlds from a replica, or from the primary because none would do.',
      isCounter: true,
      read: () => Object.entries(replicas?.reads ?? {}).map(([from, value]) => ({ labels: { from }, value })),
    },
  ]
}

/** The metrics that Prometheus reads at `/metrics`, and OpenTelemetry sends. One per app, so that two can exist in a process. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #requests: Histogram<'method' | 'route' | 'status'>
  /** Looking up a series by its labels costs prom-client more than observing a value. */
  readonly #series = new Map<string, { observe(seconds: number): void }>()

  constructor(measured: Measured) {
    collectDefaultMetrics({ register: this.#registry })
    if (isWorker()) contribute(this.#registry)
    this.#requests = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte of a request to its answer, in seconds.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.#registry],
    })
    for (const figure of figures(measured)) register(figure, this.#registry)
    measured.telemetry?.sendMetrics(async () => {
      const metrics = await this.#registry.getMetricsAsJSON()
      // It types the kind of a metric as a number, and says its name.
      return metrics as unknown as PrometheusMetric[]
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

function register({ name, help, isCounter, read, ofWorkers }: Figure, registry: Registry): void {
  const options = {
    name,
    help,
    labelNames: ['state', 'name', 'result', 'from', 'quantile'],
    registers: [registry],
    ...(ofWorkers && { aggregator: ofWorkers }),
  }
  if (isCounter) {
    const counter = new Counter({
      ...options,
      async collect() {
        // What is read is the sum already.
        counter.reset()
        for (const { labels, value } of await read()) counter.inc(labels ?? {}, value)
      },
    })
    return
  }
  const gauge = new Gauge({
    ...options,
    async collect() {
      gauge.reset()
      for (const { labels, value } of await read()) gauge.set(labels ?? {}, value)
    },
  })
}

import type { ListenerState } from '@worldloom/auth'
import { type DatabaseHandle, pendingMigrations } from '@worldloom/db'
import { Hono } from 'hono'
import type { AppConfig, AppEnvironment } from '../appTypes.ts'
import { clientAddress } from '../clientAddress.ts'
import type { Metrics } from '../metrics.ts'
import { problem } from '../problem.ts'
import type { ReadReplicas } from '../readReplicas.ts'

const loopback = /^(127\.|::1$|::ffff:127\.)/

interface HealthDependencies {
  readonly db: DatabaseHandle['db']
  readonly listener: { readonly state: ListenerState }
  readonly replicas?: Pick<ReadReplicas, 'status'> | undefined
  readonly metrics: Metrics
  readonly config: AppConfig
}

/** Without notifications requests are served as well, but slower: whoever balances between servers need not leave one out. */
const notifications: Readonly<Record<ListenerState, { readonly notifications: string; readonly detail?: string }>> = {
  heard: { notifications: 'arrive' },
  unheard: {
    notifications: 'missing',
    detail:
      'Nothing is cached, as no notification of PostgreSQL arrives. Behind a transaction pooler, set DATABASE_DIRECT_URL to the database itself.',
  },
  lost: {
    notifications: 'missing',
    detail: 'Nothing is cached until the listener is connected to the database again.',
  },
}

/** How many are read from; not which, as anybody may ask. */
function replicasOf(replicas: Pick<ReadReplicas, 'status'> | undefined) {
  if (!replicas) return {}
  const states = replicas.status()
  const serving = states.filter(({ state }) => state === 'serving').length
  return { replicas: { serving, leftOut: states.length - serving } }
}

/** `/healthz`: the process is alive. `/readyz`: it can serve requests. `/metrics`: Prometheus metrics. */
export function healthRoutes({ db, listener, replicas, metrics, config }: HealthDependencies): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/healthz', (c) => c.json({ status: 'alive' }))
    .get('/readyz', async (c) => {
      try {
        const pending = await pendingMigrations(db)
        if (pending.length === 0)
          return c.json({ status: 'ready', ...notifications[listener.state], ...replicasOf(replicas) })
        return problem(c, 503, 'Not ready', `Migrations are pending: ${pending.join(', ')}. Run pnpm db:migrate.`)
      } catch {
        return problem(c, 503, 'Not ready', 'The database cannot be reached.')
      }
    })
    .get('/metrics', async (c) => {
      const allowed = config.METRICS_TOKEN
        ? c.req.header('authorization') === `Bearer ${config.METRICS_TOKEN}`
        : loopback.test(clientAddress(c) ?? '')
      if (!allowed) return problem(c, 404, 'Not found', 'There is nothing here.')
      return c.body(await metrics.text(), 200, { 'content-type': metrics.contentType })
    })
}

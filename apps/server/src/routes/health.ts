import { type DatabaseHandle, pendingMigrations } from '@worldloom/db'
import { Hono } from 'hono'
import type { AppConfig, AppEnvironment } from '../appTypes.ts'
import { clientAddress } from '../clientAddress.ts'
import type { Metrics } from '../metrics.ts'
import { problem } from '../problem.ts'

const loopback = /^(127\.|::1$|::ffff:127\.)/

/** `/healthz`: the process is alive. `/readyz`: it can serve requests. `/metrics`: Prometheus metrics. */
export function healthRoutes(db: DatabaseHandle['db'], metrics: Metrics, config: AppConfig): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/healthz', (c) => c.json({ status: 'alive' }))
    .get('/readyz', async (c) => {
      try {
        const pending = await pendingMigrations(db)
        if (pending.length === 0) return c.json({ status: 'ready' })
        return problem(c, 503, 'Not ready', `Migrations are pending: ${pending.join(', ')}. Run pnpm db:migrate.`)
      } catch {
        return problem(c, 503, 'Not ready', 'The database cannot be reached.')
      }
    })
    .get('/metrics', async (c) => {
      const allowed = config.METRICS_TOKEN
        ? c.req.header('authorization') === `Bearer ${config.METRICS_TOKEN}`
        : loopback.test(clientAddress(c, config.TRUSTED_PROXIES) ?? '')
      if (!allowed) return problem(c, 404, 'Not found', 'There is nothing here.')
      return c.body(await metrics.text(), 200, { 'content-type': metrics.contentType })
    })
}

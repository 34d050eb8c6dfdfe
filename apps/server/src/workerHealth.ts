import { once } from 'node:events'
import { type Config, OperatorError } from '@worldloom/config'
import type { DatabaseHandle } from '@worldloom/db'
import type { Telemetry } from '@worldloom/telemetry'
import { Hono } from 'hono'
import type { AppEnvironment } from './appTypes.ts'
import { closeHttpServer, createHttpServer } from './httpServer.ts'
import type { Logger } from './logger.ts'
import { Metrics } from './metrics.ts'
import { observe } from './middleware/observe.ts'
import { healthRoutes } from './routes/health.ts'

interface WorkerHealthOptions {
  readonly config: Config
  readonly database: DatabaseHandle
  readonly listener: ConstructorParameters<typeof Metrics>[0]['listener']
  readonly logger: Logger
  readonly telemetry?: Telemetry | undefined
}

/**
 * Says how a process is that serves nobody: sends its metrics by OTLP if there is somewhere to, and answers `/healthz`, `/readyz` and
 * `/metrics` on `WORKER_PORT` if there is one.
 *
 * @returns ends it
 * @throws {OperatorError} if the port is taken
 */
export async function startWorkerHealth(options: WorkerHealthOptions): Promise<() => Promise<void>> {
  const { config, database, listener, logger } = options
  const metrics = new Metrics(options)
  if (config.WORKER_PORT === undefined) return async () => undefined
  const app = new Hono<AppEnvironment>()
  app.use(observe(logger, metrics, config.TRUSTED_PROXIES))
  app.route('/', healthRoutes({ db: database.db, listener, metrics, config }))
  const server = createHttpServer(app, config)
  server.listen(config.WORKER_PORT, config.HOST)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      ? new OperatorError(`Port ${config.WORKER_PORT} is in use by another program. Set WORKER_PORT to a free one.`)
      : error
  }
  return () => closeHttpServer(server, config.SHUTDOWN_TIMEOUT)
}

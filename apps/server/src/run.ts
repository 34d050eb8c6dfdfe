import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, hostsOf, loadConfig } from '@worldloom/config'
import { explainToOperator } from '@worldloom/db'
import pc from 'picocolors'
import { createLogger, type Logger } from './logger.ts'
import { isWorker } from './metricsOfAll.ts'
import { type RunningWorldloom, type StartOptions, startBackgroundWorker, startWorldloom } from './start.ts'
import { configuredTelemetry } from './telemetry.ts'
import { startWorker, startWorkers } from './workers.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs Worldloom as a process: reads the configuration, starts, logs the URL, and stops on a signal. */
export async function runWorldloom(adjust: (config: Config) => Config = (config) => config): Promise<void> {
  await runProcess(adjust, async (options) => {
    const start = isWorker() ? startWorker : options.config.WORKERS > 1 ? startWorkers : startWorldloom
    const worldloom = await start(options)
    if (!isWorker()) console.log(greeting(options.config, worldloom))
    return worldloom
  })
}

/** Runs what is done in the background as a process of its own, beside servers with JOBS=apart. */
export async function runBackgroundWorker(): Promise<void> {
  await runProcess(
    (config) => config,
    async (options) => {
      const worker = await startBackgroundWorker(options)
      options.logger.info('the worker is ready: it sends mail and webhooks, and does what is done regularly')
      if (options.config.JOBS === 'inside') options.logger.info('servers do so as well, unless they have JOBS=apart')
      return worker
    },
  )
}

async function runProcess(
  adjust: (config: Config) => Config,
  start: (options: StartOptions) => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  try {
    const config = adjust(loadConfig(root))
    const pretty = config.LOG_FORMAT ?? (process.stdout.isTTY && config.NODE_ENV !== 'production' ? 'pretty' : 'json')
    const logger = createLogger({
      level: config.LOG_LEVEL,
      format: pretty,
      traced: config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    })
    // Before anything that is to be traced.
    const telemetry = await configuredTelemetry(config, logger)
    const running = await start({
      config,
      logger,
      telemetry,
      webDirectory: path.join(root, 'apps/web/dist'),
      onFatal: (error) => {
        console.error(`\n${pc.red('Worldloom stopped.')} ${explainToOperator(error)}\n`)
        process.exit(1)
      },
    })
    stopOnSignals(
      {
        close: async () => {
          await running.close()
          await telemetry?.close()
        },
      },
      logger,
    )
  } catch (error) {
    console.error(`\n${pc.red('Worldloom did not start.')} ${explainToOperator(error)}\n`)
    process.exitCode = 1
    // Its channel to the primary process would keep it running.
    if (isWorker()) process.exit()
  }
}

function greeting(config: Config, worldloom: RunningWorldloom): string {
  const lines: [string, string][] = [
    ['Open', pc.cyan(worldloom.url)],
    [
      'Sign in',
      worldloom.localIdentity
        ? 'press “Continue with a demo account”, then pick Ada (admin), Mira (author) or Theo (viewer); or make an account'
        : [...worldloom.signInLabels, ...(config.PASSWORD_SIGN_IN ? ['e-mail and password'] : [])].join(', ') ||
          'no way to sign in is configured',
    ],
    ['Data', worldloom.database.directory ?? `the database of DATABASE_URL (${hostsOf(worldloom.database.url)})`],
    ['Stop', 'Ctrl-C'],
  ]
  const body = lines.map(([name, value]) => `  ${pc.bold(name.padEnd(8))} ${value}`).join('\n')
  return `\n  ${pc.bold('Worldloom is running')}\n\n${body}\n`
}

function stopOnSignals(running: { close(): Promise<void> }, logger: Logger): void {
  let stoppingSince: number | undefined
  const stop = async (signal: NodeJS.Signals) => {
    if (stoppingSince !== undefined) {
      // One Ctrl-C arrives several times: from the terminal, and from each parent process that forwards it. A second
      // one, a moment later, stops at once, whatever is in flight.
      if (performance.now() - stoppingSince > 1000) process.exit(130)
      return
    }
    stoppingSince = performance.now()
    logger.info({ signal }, 'stopping: what is being done is finished first')
    await running.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // A worker whose primary process was killed.
  if (isWorker()) process.on('disconnect', () => stop('SIGTERM'))
}

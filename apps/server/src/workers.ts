import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'
import { OperatorError } from '@worldloom/config'
import { AggregatorRegistry } from 'prom-client'
import type { MetricsOfAll, MetricsRequest } from './metricsOfAll.ts'
import { type Prepared, prepareWorldloom, type RunningWorldloom, type StartOptions, serveWorldloom } from './start.ts'

/** A worker that ends sooner after it was started could not serve. Milliseconds. */
const soon = 10_000
/** So many of these one after the other, and all are ended. */
const mostFailures = 3
/** After each of them, so many more milliseconds pass before the next. */
const pause = 500

/** What of a running server the primary process tells people. */
type Running = Omit<RunningWorldloom, 'close'>

/** What the processes tell each other, besides what prom-client does. */
type FromPrimary = MetricsOfAll | { readonly type: 'prepared'; readonly prepared: Prepared }
type FromWorker = MetricsRequest | { readonly type: 'ready' } | { readonly type: 'running'; readonly running: Running }

/**
 * Serves with as many processes as `WORKERS` says, on one port. This process prepares the database, starts the others, and
 * replaces those that end. Connections go to one after the other (https://nodejs.org/api/cluster.html).
 *
 * @throws {OperatorError} if they end again and again as soon as they are started
 */
export async function startWorkers({
  config,
  logger,
  onFatal,
}: Omit<StartOptions, 'webDirectory'>): Promise<RunningWorldloom> {
  const count = config.WORKERS
  const { close, ...prepared } = await prepareWorldloom({ config, logger, workers: count, ...(onFatal && { onFatal }) })
  const metrics = new AggregatorRegistry()
  let isStopping = false
  cluster.setupPrimary({ exec: fileURLToPath(new URL('main.ts', import.meta.url)) })

  const stop = async () => {
    isStopping = true
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
    const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    for (const worker of workers) worker.process.kill('SIGTERM')
    await Promise.all(ended)
    await close()
  }

  return await new Promise<RunningWorldloom>((resolve, reject) => {
    const running = new Set<Worker>()
    let isResolved = false
    const giveUp = async (error: OperatorError) => {
      await stop()
      if (isResolved) onFatal?.(error)
      else reject(error)
    }
    /** @param failures how often the one before it ended as soon as it was started, one after the other */
    const start = (failures = 0) => {
      if (isStopping) return
      const worker = cluster.fork()
      const since = performance.now()
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') send(worker, { type: 'prepared', prepared })
        else if (message.type === 'metrics?') void answerMetrics(worker, message.id)
        else if (message.type === 'running') {
          running.add(worker)
          logger.info({ worker: worker.process.pid }, 'a worker serves')
          if (isResolved || running.size < count) return
          isResolved = true
          resolve({ ...message.running, close: stop })
        }
      })
      worker.on('exit', (code, signal) => {
        const wasRunning = running.delete(worker)
        if (isStopping) return
        const failed = wasRunning && performance.now() - since > soon ? 0 : failures + 1
        // When nothing serves yet, the first one shows what is wrong.
        if (failed < mostFailures && (wasRunning || isResolved)) {
          logger.error({ worker: worker.process.pid, code, signal }, 'a worker ended, and is replaced')
          setTimeout(() => start(failed), failed * pause)
          return
        }
        void giveUp(new OperatorError('Its workers end as soon as they are started; what they say is above.'))
      })
    }
    for (let started = 0; started < count; started++) start()
  })

  async function answerMetrics(worker: Worker, id: number): Promise<void> {
    try {
      send(worker, { type: 'metrics', id, text: await metrics.clusterMetrics() })
    } catch (error) {
      send(worker, { type: 'metrics', id, error: error instanceof Error ? error.message : String(error) })
    }
  }
}

function send(worker: Worker, message: FromPrimary): void {
  // One that has just ended is replaced.
  if (worker.isConnected()) worker.send(message, () => undefined)
}

/** Serves in this process, as a worker of another. */
export async function startWorker(options: StartOptions): Promise<RunningWorldloom> {
  const tell = (message: FromWorker) => void process.send?.(message)
  const prepared = await new Promise<Prepared>((resolve) => {
    const onMessage = (message: FromPrimary) => {
      if (message.type !== 'prepared') return
      process.off('message', onMessage)
      resolve(message.prepared)
    }
    process.on('message', onMessage)
    tell({ type: 'ready' })
  })
  const { close, ...running } = await serveWorldloom(options, prepared)
  tell({ type: 'running', running })
  return { ...running, close }
}

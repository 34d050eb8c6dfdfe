import cluster from 'node:cluster'
import { AggregatorRegistry, type Registry } from 'prom-client'

/** What a worker asks of the primary process, and what that answers. */
export interface MetricsRequest {
  readonly type: 'metrics?'
  readonly id: number
}

export interface MetricsOfAll {
  readonly type: 'metrics'
  readonly id: number
  readonly text?: string
  readonly error?: string
}

/** Whether this process is one of several that serve. */
export const isWorker = () => cluster.isWorker

/** Makes a worker's metrics part of those of all. */
export function contribute(registry: Registry): void {
  // Hears the primary process, which asks all workers.
  new AggregatorRegistry()
  AggregatorRegistry.setRegistries(registry)
}

let asked = 0

/**
 * The metrics of all workers together, which the primary process gathers.
 *
 * @throws {Error} if not all of them say theirs in time
 */
export async function metricsOfAll(): Promise<string> {
  const id = asked++
  return await new Promise((resolve, reject) => {
    const onMessage = (message: MetricsOfAll | { readonly type: string }) => {
      if (!isAnswer(message) || message.id !== id) return
      process.off('message', onMessage)
      if (message.text === undefined) reject(new Error(message.error))
      else resolve(message.text)
    }
    process.on('message', onMessage)
    process.send?.({ type: 'metrics?', id } satisfies MetricsRequest)
  })
}

function isAnswer(message: { readonly type: string }): message is MetricsOfAll {
  return message.type === 'metrics'
}

import type { DatabaseHandle } from '@worldloom/db'
import { indexLanguages, sumDegrees } from '@worldloom/worlds'
import type { Logger } from './logger.ts'

/** How often, in milliseconds. */
const interval = 5000

/**
 * Keeps what may follow a little later: how connected entries are, and the index of worlds whose language was changed. Every
 * process does it, and they leave each other's rows alone.
 *
 * @returns ends it, once what is running is done
 */
export function keepDerived(db: DatabaseHandle['db'], logger: Logger): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const keep = async () => {
    try {
      await sumDegrees(db)
      await indexLanguages(db)
    } catch (error) {
      logger.warn({ err: error }, 'what follows from links and languages was not brought up to date')
    }
  }
  const timer = setInterval(() => {
    running = running.then(keep)
  }, interval)
  timer.unref()
  running = keep()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Worldloom as in production, except for TLS, on an existing database. */
import { parseConfig } from '@worldloom/config'
import { createLogger, startWorldloom } from '@worldloom/server'

const config = parseConfig(
  // Counted as in production, and never reached.
  { ...process.env, LOCAL_IDENTITY: 'false', API_POINTS_PER_MINUTE: '1000000000' },
  process.cwd(),
)
const logger = createLogger({ level: config.LOG_LEVEL, format: 'json' })
const worldloom = await startWorldloom({
  config,
  logger,
  webDirectory: process.env.BENCH_WEB_DIRECTORY || '/nonexistent',
})
process.send?.(Number(new URL(worldloom.url).port))

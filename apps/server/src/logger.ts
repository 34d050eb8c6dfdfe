import { traceIds } from '@worldloom/telemetry'
import { type DestinationStream, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

export interface LoggerOptions {
  readonly level: string
  readonly format: 'json' | 'pretty'
  /** Adds the ids of the trace that a line belongs to. */
  readonly traced?: boolean
  readonly destination?: DestinationStream
}

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'x-api-key']
const secretFields = [
  ...['password', 'token', 'secret', 'clientSecret', 'code', 'codeVerifier'],
  ...['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URLS', 'METRICS_TOKEN'],
]

const redact = {
  paths: [...secretHeaders.map((name) => `headers["${name}"]`), ...secretFields.flatMap((name) => [name, `*.${name}`])],
  censor: '[redacted]',
}

/** Structured logs, one line each, never with credentials. */
export function createLogger({ level, format, traced, destination }: LoggerOptions): Logger {
  const options = { level, base: null, redact, ...(traced && { mixin: () => traceIds() ?? {} }) }
  if (destination) return pino(options, destination)
  // Buffered briefly and written in the background, so that logging does not hold up requests.
  if (format === 'json') {
    return pino(options, pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 }))
  }
  return pino(
    options,
    pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  )
}

/**
 * The same log for lines that are known to contain no secrets: searching each line for secrets costs more than writing
 * it.
 */
export function withoutRedaction(logger: Logger): Logger {
  return logger.child({}, { redact: [] })
}

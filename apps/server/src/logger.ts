import { type DestinationStream, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type { Logger }

export interface LoggerOptions {
  readonly level: string
  readonly format: 'json' | 'pretty'
  readonly destination?: DestinationStream
}

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'x-api-key']
const secretFields = [
  ...['password', 'token', 'secret', 'clientSecret', 'code', 'codeVerifier'],
  ...['DATABASE_URL', 'METRICS_TOKEN'],
]

const redact = {
  paths: [...secretHeaders.map((name) => `headers["${name}"]`), ...secretFields.flatMap((name) => [name, `*.${name}`])],
  censor: '[redacted]',
}

/** Structured logs, a line each; what could let somebody in is never in one. */
export function createLogger({ level, format, destination }: LoggerOptions): Logger {
  const options = { level, base: null, redact }
  if (destination) return pino(options, destination)
  // Collected for a moment and written in the background: a line must not hold up the request it is about.
  if (format === 'json') {
    return pino(options, pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 }))
  }
  return pino(
    options,
    pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  )
}

/**
 * The same log for lines whose fields are known to hold nothing secret: looking for secrets in each costs
 * more than writing it.
 */
export function withoutRedaction(logger: Logger): Logger {
  return logger.child({}, { redact: [] })
}

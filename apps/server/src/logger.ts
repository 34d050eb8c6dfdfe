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

/** Structured logs, a line each; what could let somebody in is never in one. */
export function createLogger({ level, format, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: null,
    redact: {
      paths: [...secretHeaders.map((name) => `headers["${name}"]`), ...secretFields.flatMap((name) => [name, `*.${name}`])],
      censor: '[redacted]',
    },
  }
  if (destination) return pino(options, destination)
  if (format === 'json') return pino(options)
  return pino(options, pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }))
}

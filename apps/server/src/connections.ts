import type { Config } from '@worldloom/config'
import type { DatabaseOptions } from '@worldloom/db'
import type { Logger } from './logger.ts'

/** What all pools of a server have in common. */
export function connectionsOf(config: Config, logger: Logger) {
  return {
    poolSize: config.DATABASE_POOL_SIZE,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT,
    preparedStatements: config.DATABASE_PREPARED_STATEMENTS === 'true',
    onConnectionLost: (error: Error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
  } satisfies DatabaseOptions
}

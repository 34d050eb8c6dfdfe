import { fileURLToPath } from 'node:url'
import { type Config, loadConfig } from '@worldloom/config'
import { createDatabase, type DatabaseHandle } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'

/** The repository's root, where .env is. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Runs a function with the configured database: that of DATABASE_URL or the embedded one, which is started if
 * necessary.
 */
export async function withDatabase<Result>(
  use: (database: DatabaseHandle, config: Config, url: string) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(root)
  const embedded = config.DATABASE_URL
    ? undefined
    : await openEmbeddedServer({
        dataDir: config.DATA_DIR,
        as: 'join',
        logArchive: config.LOG_ARCHIVE_DIR,
        onNotice: (sentence) => console.error(sentence),
      })
  try {
    const url = embedded?.url ?? config.DATABASE_DIRECT_URL ?? config.DATABASE_URL ?? ''
    const database = createDatabase(url, {
      poolSize: 2,
      statementTimeout: 600,
      preparedStatements: config.DATABASE_PREPARED_STATEMENTS === 'true',
      applicationName: 'worldloom command',
    })
    try {
      return await use(database, config, url)
    } finally {
      await database.close()
    }
  } finally {
    await embedded?.release()
  }
}

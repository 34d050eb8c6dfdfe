import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createApiKey, createUserWithPassword, findUserGrants, operator } from '@worldloom/auth'
import { parseConfig } from '@worldloom/config'
import { createDatabase } from '@worldloom/db'
import { cloneTestDatabase, freePort } from '@worldloom/db/testing'
import { seededGrants } from '@worldloom/schema'
import { createLogger } from '../logger.ts'
import { type RunningWorldloom, startWorldloom } from '../start.ts'
import { configuredTelemetry } from '../telemetry.ts'

export { type Answer, type Completion, calls, type ModelEndpoint, says, startModelEndpoint } from './modelEndpoint.ts'

export interface TestWorldloom extends RunningWorldloom {
  /** The port it listens on, whatever its PUBLIC_URL. */
  readonly port: number
  /** Its data directory. */
  readonly dataDir: string
  /** The lines logged so far. */
  readonly log: readonly string[]
}

/**
 * Starts all of Worldloom over real HTTP, with its own directory and database, for the tests of any package.
 *
 * @param settings as in the environment; DATABASE_URL selects another database
 */
export async function startTestWorldloom(
  settings: Record<string, string> = {},
  webDirectory?: string,
): Promise<TestWorldloom> {
  const database = settings.DATABASE_URL ? undefined : await cloneTestDatabase()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-server-'))
  const config = parseConfig(
    {
      PORT: String(await freePort()),
      LOCAL_IDENTITY_PORT: String(await freePort()),
      APP_SECRET: 'a secret that is long enough for tests',
      LOG_LEVEL: 'info',
      // Tests do in a second what a person does in an hour.
      API_POINTS_PER_MINUTE: '1000000',
      DATA_DIR: dataDir,
      ...(database && { DATABASE_URL: database.url }),
      ...settings,
    },
    dataDir,
  )
  const log: string[] = []
  const destination = { write: (line: string) => void log.push(line) }
  const traced = config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined
  const logger = createLogger({ level: config.LOG_LEVEL, format: 'json', traced, destination })
  const telemetry = await configuredTelemetry(config, logger)
  const remove = async () => {
    await telemetry?.close()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const running = await startWorldloom({ config, logger, telemetry, webDirectory: webDirectory ?? dataDir }).catch(
    async (error) => {
      await remove()
      throw error
    },
  )
  return {
    ...running,
    port: config.PORT,
    dataDir,
    log,
    close: async () => {
      await running.close()
      await remove()
    },
  }
}

let count = 0

/** An API key of a new user with the role `user` and all its permissions. */
export async function createTestApiKey({ database }: { database: { url: string } }): Promise<string> {
  const { db, close } = createDatabase(database.url)
  try {
    count++
    const person = { email: `key-${count}-${process.pid}@example.com`, displayName: `Holder ${count}`, role: 'user' }
    const { id } = await createUserWithPassword(db, operator, person)
    const { key } = await createApiKey(db, operator, await findUserGrants(db, id), {
      name: 'Test',
      description: '',
      roles: ['user'],
      permissions: [...seededGrants.user],
    })
    return key
  } finally {
    await close()
  }
}

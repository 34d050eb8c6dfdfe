import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfig } from '@worldloom/config'
import { cloneTestDatabase } from '@worldloom/db/testing'
import { createLogger, type RunningWorldloom, startWorldloom } from '@worldloom/server'
import getPort from 'get-port'

const webDirectory = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))

export interface TestWorldloom extends RunningWorldloom {
  readonly databaseUrl: string
  /** What was logged so far, a line each. */
  readonly log: readonly string[]
}

/** All of Worldloom with its built web app, on a database of its own. */
export async function startTestWorldloom(settings: Record<string, string> = {}): Promise<TestWorldloom> {
  const database = await cloneTestDatabase()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-e2e-'))
  const config = parseConfig(
    {
      PORT: String(await getPort()),
      LOCAL_IDENTITY_PORT: String(await getPort()),
      APP_SECRET: 'a secret that is long enough for tests',
      DATABASE_URL: database.url,
      ...settings,
    },
    dataDir,
  )
  const log: string[] = []
  const destination = { write: (line: string) => void log.push(line) }
  const logger = createLogger({ level: config.LOG_LEVEL, format: 'json', destination })
  const running = await startWorldloom({ config, logger, webDirectory })
  return {
    ...running,
    databaseUrl: database.url,
    log,
    close: async () => {
      await running.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

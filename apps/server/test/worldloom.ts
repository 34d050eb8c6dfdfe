import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseConfig } from '@worldloom/config'
import { cloneTestDatabase } from '@worldloom/db/testing'
import getPort from 'get-port'
import { afterAll } from 'vitest'
import { createLogger, type RunningWorldloom, startWorldloom } from '../src/index.ts'
import { Browser } from './browser.ts'

export interface TestWorldloom extends RunningWorldloom {
  /** That it listens on, whatever its PUBLIC_URL is. */
  readonly port: number
  /** Where its files are. */
  readonly dataDir: string
  /** What was logged so far, a line each. */
  readonly log: readonly string[]
  /** A browser that has never been here. */
  browser(): Browser
  /** A browser in which somebody has just signed in through the local identity provider. */
  signIn(subject: 'ada' | 'mira' | 'theo'): Promise<Browser>
}

/** All of Worldloom over real HTTP, on a database of its own unless given another. */
export async function startTestWorldloom(
  settings: Record<string, string> = {},
  webDirectory?: string,
): Promise<TestWorldloom> {
  const database = settings.DATABASE_URL ? undefined : await cloneTestDatabase()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-server-'))
  const config = parseConfig(
    {
      PORT: String(await getPort()),
      LOCAL_IDENTITY_PORT: String(await getPort()),
      APP_SECRET: 'a secret that is long enough for tests',
      LOG_LEVEL: 'info',
      DATA_DIR: dataDir,
      ...(database && { DATABASE_URL: database.url }),
      ...settings,
    },
    dataDir,
  )
  const log: string[] = []
  const logger = createLogger({
    level: config.LOG_LEVEL,
    format: 'json',
    destination: { write: (line: string) => void log.push(line) },
  })
  const running = await startWorldloom({ config, logger, webDirectory: webDirectory ?? dataDir })
  afterAll(async () => {
    await running.close()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const browser = () => new Browser(running.url)
  return {
    ...running,
    port: config.PORT,
    dataDir,
    log,
    browser,
    signIn: async (subject) => {
      const opened = browser()
      await opened.signIn(subject)
      return opened
    },
  }
}

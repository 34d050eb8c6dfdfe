import { fileURLToPath } from 'node:url'
import { startTestWorldloom as start, type TestWorldloom } from '@worldloom/server/testing'
import { afterAll, onTestFinished } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type Looking, Visitor } from './visitor.ts'

const webDirectory = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))

/** Starts all of Worldloom with the built web app on its own database, until the test file ends. */
export async function startTestWorldloom(settings: Record<string, string> = {}): Promise<TestWorldloom> {
  const worldloom = await start(settings, webDirectory)
  afterAll(() => worldloom.close())
  return worldloom
}

/** The same, with a Chromium. */
export async function openWorldloom(settings: Record<string, string> = {}) {
  const worldloom = await startTestWorldloom(settings)
  const browser = await launchBrowser()
  afterAll(() => browser.close())
  /** A new visitor, who leaves when the test is done and must not have logged any errors. */
  const arrive = async (look?: Looking, locale?: string): Promise<Visitor> => {
    const visitor = await Visitor.arrive(browser, worldloom.url, look, locale)
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await visitor.describe())
      await visitor.leave()
    })
    return visitor
  }
  return { worldloom, browser, arrive }
}

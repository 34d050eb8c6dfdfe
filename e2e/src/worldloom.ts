import { fileURLToPath } from 'node:url'
import { startTestWorldloom as start, type TestWorldloom } from '@worldloom/server/testing'
import { afterAll, onTestFinished } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type Look, Visitor } from './visitor.ts'

const webDirectory = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))

/** All of Worldloom with its built web app, on a database of its own, until the test file ends. */
export async function startTestWorldloom(settings: Record<string, string> = {}): Promise<TestWorldloom> {
  const worldloom = await start(settings, webDirectory)
  afterAll(() => worldloom.close())
  return worldloom
}

/** The same with a Chromium to visit it. */
export async function openWorldloom(settings: Record<string, string> = {}) {
  const worldloom = await startTestWorldloom(settings)
  const browser = await launchBrowser()
  afterAll(() => browser.close())
  /** Somebody new, who leaves when the test is done, and has nothing to complain of by then. */
  const arrive = async (look?: Look): Promise<Visitor> => {
    const visitor = await Visitor.arrive(browser, worldloom.url, look)
    onTestFinished(() => visitor.leave())
    return visitor
  }
  return { worldloom, browser, arrive }
}

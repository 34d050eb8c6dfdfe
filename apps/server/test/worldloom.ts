import { type TestWorldloom as Started, startTestWorldloom as start } from '../src/testing/index.ts'
import { atEnd } from './atEnd.ts'
import { Browser } from './browser.ts'

export interface TestWorldloom extends Started {
  /** A new browser without cookies. */
  browser(): Browser
  /** A browser signed in through the local identity provider. */
  signIn(subject: 'ada' | 'mira' | 'theo'): Promise<Browser>
}

/**
 * Starts all of Worldloom over real HTTP until the test or, outside a test, the test file ends, on its own database
 * unless given another.
 */
export async function startTestWorldloom(...options: Parameters<typeof start>): Promise<TestWorldloom> {
  const running = await start(...options)
  atEnd(() => running.close())
  const browser = () => new Browser(running.url)
  return {
    ...running,
    browser,
    signIn: async (subject) => {
      const opened = browser()
      await opened.signIn(subject)
      return opened
    },
  }
}

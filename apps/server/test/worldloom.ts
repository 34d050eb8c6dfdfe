import { type TestWorldloom as Started, startTestWorldloom as start } from '../src/testing/index.ts'
import { atEnd } from './atEnd.ts'
import { Browser } from './browser.ts'

export interface TestWorldloom extends Started {
  /** A browser that has never been here. */
  browser(): Browser
  /** A browser in which somebody has just signed in through the local identity provider. */
  signIn(subject: 'ada' | 'mira' | 'theo'): Promise<Browser>
}

/**
 * All of Worldloom over real HTTP until the test or, outside of one, the test file ends, on a database of its own unless
 * given another.
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

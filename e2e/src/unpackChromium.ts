import { unpackedChromium } from './browser.ts'

/** Before the tests: several that start at once would run a Chromium that another of them is still writing. */
export default async function setup(): Promise<void> {
  if (!process.env.CHROMIUM_PATH) await unpackedChromium()
}

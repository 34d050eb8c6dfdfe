import { unpackedChromium } from './browser.ts'

/** Unpacks Chromium before the tests, as several starting at once could run it while another is still writing it. */
export default async function setup(): Promise<void> {
  if (!process.env.CHROMIUM_PATH) await unpackedChromium()
}

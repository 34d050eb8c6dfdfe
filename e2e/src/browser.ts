import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** A real Chromium, unpacked from an npm package, so that nothing is downloaded. Works as root too. */
export async function launchBrowser(): Promise<Browser> {
  return await playwright.launch({
    executablePath: process.env.CHROMIUM_PATH || (await unpackedChromium()),
    // Not the package's own arguments, which disable web security and end the browser with its first context.
    args: [
      ...['--no-sandbox', '--headless=shell', '--no-first-run', '--font-render-hinting=none'],
      // Rendering with an emulated GPU takes thirty times as long as without.
      '--disable-gpu',
      ...['--disable-background-networking', '--disable-component-update', '--disable-domain-reliability'],
    ],
    headless: true,
  })
}

/** The package unpacks itself into the system's temporary directory, which other accounts share, so we use our own. */
export async function unpackedChromium(): Promise<string> {
  const before = process.env.TMPDIR
  const own = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url))
  mkdirSync(own, { recursive: true })
  process.env.TMPDIR = own
  try {
    return await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

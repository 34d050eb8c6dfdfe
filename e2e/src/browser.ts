import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/** A real Chromium, unpacked from an npm package: nothing is downloaded, also as root. */
export async function launchBrowser(): Promise<Browser> {
  return await playwright.launch({
    executablePath: process.env.CHROMIUM_PATH || (await chromium.executablePath()),
    // Not the package's own list: that switches web security off, and ends the browser with its first context.
    args: [
      ...['--no-sandbox', '--headless=shell', '--no-first-run', '--font-render-hinting=none'],
      ...['--in-process-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-domain-reliability'],
    ],
    headless: true,
  })
}

import { fileURLToPath } from 'node:url'
import { type BrowserContextOptions, chromium } from 'playwright-core'

/** The end-to-end tests' Chromium, or CHROMIUM_PATH. */
export const chromiumPath =
  process.env.CHROMIUM_PATH ||
  fileURLToPath(new URL('../../e2e/node_modules/.cache/chromium/chromium', import.meta.url))

/** The built web app. */
export const webDirectory = fileURLToPath(new URL('../../apps/web/dist', import.meta.url))

/** A page of somebody who is signed in. @param headers with their session's cookie */
export async function openPage(headers: { readonly cookie?: string | undefined }, options: BrowserContextOptions = {}) {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] })
  const context = await browser.newContext(options)
  const [name = '', value = ''] = (headers.cookie ?? '').split('=')
  await context.addCookies([{ name, value, domain: 'localhost', path: '/' }])
  return { browser, page: await context.newPage() }
}

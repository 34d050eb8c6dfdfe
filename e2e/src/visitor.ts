import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Where screenshots go, if somebody wants to look at them: each takes as long as checking a page. */
const artefacts = process.env.E2E_SCREENSHOTS && fileURLToPath(new URL('../artefacts', import.meta.url))

export const devices = ['desktop', 'phone'] as const
export type Device = (typeof devices)[number]
export type Scheme = 'light' | 'dark'
export type Look = `${Device}-${Scheme}`

export const looks: readonly Look[] = ['desktop-light', 'desktop-dark', 'phone-light', 'phone-dark']

export function partsOf(look: Look): [Device, Scheme] {
  return look.split('-') as [Device, Scheme] // as the type is built
}

/** On a device alone, pages are inspected in both colour schemes, without being loaded again. */
export type Looking = Look | Device

/** The axe rules that depend on colours. All others have the same result in both colour schemes. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** @param rules all by default @returns axe's violations, as sentences */
async function axeFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Injected once per document, as loading axe takes longer than running it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: axe.RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) }
  return await page.evaluate(async (given) => {
    const { violations } = await window.axe.run(given)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  }, options)
}

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** The cookies of people who have signed in, by server. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()

/** A visitor with their own browser context. Anything its pages log as an error fails the test. */
export class Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** Script errors and violations of the content security policy. */
  readonly complaints: string[] = []
  readonly device: Device
  readonly #url: string
  readonly #looksAtBoth: boolean
  #scheme: Scheme

  private constructor(context: BrowserContext, page: Page, url: string, look: Looking) {
    this.context = context
    this.page = page
    this.#url = url
    const [device, scheme] = look.split('-') as [Device, Scheme?] // as the type is built
    this.device = device
    this.#looksAtBoth = scheme === undefined
    this.#scheme = scheme ?? 'light'
    this.#listen(page)
  }

  /** @param locale what the browser asks pages to be in */
  static async arrive(
    browser: Browser,
    url: string,
    look: Looking = 'desktop-light',
    locale = 'en-US',
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      // Where the system has none, Chromium calls its language en-US@posix, which no browser of anybody does.
      locale,
      colorScheme: look.endsWith('dark') ? 'dark' : 'light',
      viewport: look.startsWith('phone') ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    })
    context.setDefaultTimeout(30_000)
    return new Visitor(context, await context.newPage(), url, look)
  }

  async openTab(target: string): Promise<Page> {
    const page = await this.context.newPage()
    this.#listen(page)
    await page.goto(target)
    return page
  }

  /**
   * Signs in through the local identity provider, from the page that the guard redirects to. Who has done so before on the same
   * server goes on with that session, unless it has ended.
   */
  async signIn(person: 'Ada' | 'Mira' | 'Theo', target = '/worlds'): Promise<void> {
    const { page, context } = this
    const session = `${person} ${this.#url}`
    const known = sessions.get(session)
    if (known) await context.addCookies(known)
    await page.goto(target)
    const provider = page.getByRole('link', { name: 'Continue with a demo account' })
    const arrived = page.getByRole('banner').locator('[aria-haspopup=menu]')
    if (known) await provider.or(arrived).first().waitFor()
    if (!known || (await provider.isVisible())) {
      await provider.click()
      await page.getByRole('button', { name: person }).click()
      await arrived.waitFor()
      // Others are what a browser remembers.
      const cookies = await context.cookies()
      sessions.set(
        session,
        cookies.filter(({ httpOnly }) => httpOnly),
      )
    }
  }

  /** Saves a screenshot for review, with `E2E_SCREENSHOTS=true`. */
  async keep(name: string, page = this.page): Promise<void> {
    if (!artefacts) return
    mkdirSync(artefacts, { recursive: true })
    await page.screenshot({ path: path.join(artefacts, `${name}-${this.device}-${this.#scheme}.png`) })
  }

  /** Saves a screenshot, and fails if axe reports anything or the page scrolls sideways. */
  async inspect(name: string, page = this.page): Promise<void> {
    const both = this.#looksAtBoth && page === this.page
    expect(both ? Object.values(await this.faultsByScheme(name)).flat() : await this.faults(name, page)).toEqual([])
  }

  /** Checks the same page in light and dark without reloading. @returns the faults by scheme */
  async faultsByScheme(name: string): Promise<Record<Scheme, string[]>> {
    const found: Record<Scheme, string[]> = { light: [], dark: [] }
    for (const [scheme, rules] of [
      ['dark', colourRules],
      ['light', undefined],
    ] as const) {
      this.#scheme = scheme
      await this.page.emulateMedia({ colorScheme: scheme })
      found[scheme] = await this.faults(name, this.page, rules)
    }
    return found
  }

  /** Saves a screenshot. @returns axe's violations, and whether the page scrolls sideways */
  async faults(name: string, page = this.page, rules?: readonly string[]): Promise<string[]> {
    // Waits for fade-ins to finish.
    await page.evaluate(async () => {
      // Transitions after a change of scheme or page have begun by the second frame.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      // What goes on for ever, as where something is still to come, is not waited for.
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
      await Promise.allSettled(ending.map(({ finished }) => finished))
    })
    await this.keep(name, page)
    let found = await axeFaults(page, rules)
    // What was still arriving, or changing its colour, is not the page: that is looked at once it is at rest.
    if (found.length > 0) {
      await page.waitForTimeout(500)
      found = await axeFaults(page, rules)
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) found.push(`scrolls sideways by ${overflow} px`)
    return found.map((fault) => `${name}: ${fault}`)
  }

  /** What each page shows, for whoever reads of a failure where there is no screen. */
  async describe(): Promise<string> {
    const pages = this.context.pages().map(async (page) => {
      const seen = await page
        .locator('body')
        .ariaSnapshot({ timeout: 5000 })
        .catch((error: Error) => `(cannot be looked at: ${error.message})`)
      return `${page.url()} (${this.device}, ${this.#scheme})\n${seen}`
    })
    return [...(await Promise.all(pages)), ...this.complaints].join('\n\n')
  }

  async leave(): Promise<void> {
    await this.context.close()
    expect(this.complaints).toEqual([])
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      // Chromium logs every 4xx to the console. Those that tests cause are not faults.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.complaints.push(message.text())
      }
    })
  }
}

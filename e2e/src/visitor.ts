import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

const artefacts = fileURLToPath(new URL('../artefacts', import.meta.url))

export type Look = 'desktop-light' | 'desktop-dark' | 'phone-light' | 'phone-dark'

export const looks: readonly Look[] = ['desktop-light', 'desktop-dark', 'phone-light', 'phone-dark']

/** Somebody with a browser of their own; what its pages complain of is a fault. */
export class Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of scripts, and of the content security policy. */
  readonly complaints: string[] = []
  readonly #look: Look

  private constructor(context: BrowserContext, page: Page, look: Look) {
    this.context = context
    this.page = page
    this.#look = look
    this.#listen(page)
  }

  static async arrive(browser: Browser, url: string, look: Look = 'desktop-light'): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      colorScheme: look.endsWith('dark') ? 'dark' : 'light',
      viewport: look.startsWith('phone') ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    })
    context.setDefaultTimeout(15_000)
    return new Visitor(context, await context.newPage(), look)
  }

  async openTab(target: string): Promise<Page> {
    const page = await this.context.newPage()
    this.#listen(page)
    await page.goto(target)
    return page
  }

  /** Signs in through the local identity provider, from wherever the guard has sent us. */
  async signIn(person: 'Ada' | 'Mira' | 'Theo', target = '/worlds'): Promise<void> {
    await this.page.goto(target)
    await this.page.getByRole('link', { name: 'Continue with a demo account' }).click()
    await this.page.getByRole('button', { name: person }).click()
    await this.page.getByRole('banner').waitFor()
  }

  /** Keeps a picture for whoever wants to look. */
  async keep(name: string, page = this.page): Promise<void> {
    mkdirSync(artefacts, { recursive: true })
    await page.screenshot({ path: path.join(artefacts, `${name}-${this.#look}.png`) })
  }

  /** Keeps a picture for whoever wants to look, and lets axe look at the page. */
  async inspect(name: string, page = this.page): Promise<void> {
    // What fades in is looked at once it is there.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
    await this.keep(name, page)
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    expect(found, `axe on ${name} (${this.#look})`).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, `${name} scrolls sideways (${this.#look})`).toBeLessThanOrEqual(0)
  }

  async leave(): Promise<void> {
    await this.context.close()
    expect(this.complaints).toEqual([])
  }

  #listen(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      // Chromium writes every 4xx to the console; those the tests bring about are no fault.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.complaints.push(message.text())
      }
    })
  }
}

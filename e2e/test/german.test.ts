import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()
const app = fileURLToPath(new URL('../../apps/web/src', import.meta.url))

/** The texts of the app that are others in German. */
async function englishTexts(): Promise<ReadonlySet<string>> {
  const catalogs = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(^|\/)words\.ts$/.test(file),
  )
  const found = new Set<string>()
  /** Some are words of both, such as “Name” and “Tag”. */
  const germanTexts = new Set<unknown>()
  for (const file of catalogs) {
    const english: Record<string, unknown> = await import(pathToFileURL(path.join(app, file)).href)
    const german: Record<string, unknown> = await import(
      pathToFileURL(path.join(app, file.replace('words.ts', 'words.de.ts'))).href
    )
    for (const [name, text] of Object.entries(english)) {
      // Not the tag of the language itself.
      if (typeof text !== 'string' || text === 'en') continue
      found.add(text.trim())
      germanTexts.add(typeof german[name] === 'string' ? german[name].trim() : undefined)
    }
  }
  return new Set([...found].filter((text) => !germanTexts.has(text)))
}

/** What a page shows and what it tells screen readers, piece by piece. */
async function textsOn(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '')
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '')
    }
    return texts.map((text) => text.trim()).filter(Boolean)
  })
}

test('a browser that asks for German has everything in German, on every page of a world', {
  timeout: 300_000,
}, async () => {
  const english = await englishTexts()
  expect(english.size).toBeGreaterThan(800)
  const visitor = await arrive('desktop-light', 'de-DE')
  const { page } = visitor
  const left: string[] = []
  const check = async (name: string) => {
    await page.waitForLoadState('networkidle')
    left.push(...(await textsOn(page)).filter((text) => english.has(text)).map((text) => `${name}: ${text}`))
  }

  await page.goto('/worlds')
  await page.getByRole('heading', { level: 1, name: 'Willkommen' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await check('sign-in')
  await visitor.inspect('german-sign-in')
  await page.getByRole('link', { name: 'Weiter mit einem Demokonto' }).click()
  await page.getByRole('button', { name: 'Ada' }).click()
  await page.getByRole('heading', { level: 1, name: 'Deine Welten' }).waitFor()
  await check('worlds')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByText('geändert').first().waitFor()
  await check('world')
  const world = new URL(page.url()).pathname
  for (const name of ['Karten', 'Zeitleiste', 'Einstellungen']) {
    await expect.poll(() => page.getByRole('navigation').getByRole('link', { name, exact: true }).count()).toBe(1)
  }
  const pages = ['stories', 'scenes?layout=table', 'personas?layout=cards', 'images', 'timeline', 'graph', 'maps']
  for (const each of [...pages, 'family', 'continuity', 'members', 'activity', 'trash', 'settings', 'search']) {
    await page.goto(`${world}/${each}`)
    await check(each)
  }
  await page.goto(`${world}/scenes`)
  await page.locator(`main a[href^="${world}/scenes/"]`).first().click()
  await page.getByRole('heading', { name: 'Besetzung' }).waitFor()
  await check('scene')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor()
  await check('shortcuts')
  for (const each of [
    '/settings/profile',
    '/settings/security',
    '/settings/api-keys',
    '/settings/apps',
    '/device',
    '/admin/apps',
    '/admin/users',
    '/admin/roles',
  ]) {
    await page.goto(each)
    await check(each)
  }
  for (const each of ['/admin/audit', '/admin/statistics', '/admin/jobs', '/movies', '/chat', '/nowhere']) {
    await page.goto(each)
    await check(each)
  }
  expect(left).toEqual([])
})

test('a browser that names its language by no tag shows pages with plots as well', async () => {
  const visitor = await arrive()
  const { page } = visitor
  // As Chromium does where the system has the locale POSIX.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'language', { get: () => 'en-US@posix', configurable: true })
  })
  await visitor.signIn('Mira', '/worlds')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { name: 'The Iron Coast' }).waitFor()
  await page.locator('.uplot canvas').first().waitFor()
  expect(await page.evaluate(() => navigator.language)).toBe('en')
})

test('what the server says is German too: errors, findings, and the pages for readers', async () => {
  const visitor = await arrive('desktop-light', 'de-AT,de;q=0.9,en;q=0.8')
  const { page } = visitor
  await page.goto('/worlds')
  await page.getByRole('link', { name: 'Weiter mit einem Demokonto' }).click()
  await page.getByRole('button', { name: 'Mira' }).click()
  await page.getByRole('button', { name: 'Neue Welt' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('The Iron Coast')
  await page.getByRole('button', { name: 'Welt anlegen' }).click()
  await page.getByText('Das wird schon anderswo benutzt (Name, Welt). Wähle etwas anderes.').waitFor()
  await page.getByRole('button', { name: 'Abbrechen' }).click()
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByText('geändert').first().waitFor()
  const world = new URL(page.url()).pathname
  await page.goto(`${world}/continuity`)
  await page.getByText(/Old Perrin gehört zur Besetzung von „Old Perrin rows out“/).waitFor()
  await page.goto(world.replace('/worlds/', '/read/'))
  await page.getByRole('heading', { name: 'Figuren' }).waitFor()
  await page.getByRole('link', { name: 'Zum Inhalt springen' }).waitFor({ state: 'attached' })
  await visitor.inspect('german-reading')
})

test.each(devices)('another language is chosen in the menu, and stays (%s)', async (look) => {
  const visitor = await arrive(look)
  await visitor.signIn('Theo')
  const { page } = visitor
  await page.getByRole('button', { name: /menu of/ }).click()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await page.getByRole('heading', { level: 1, name: 'Deine Welten' }).waitFor()
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByText('geändert').first().waitFor()
  await visitor.inspect('german-world')
  await page.goto('/worlds')
  await page.getByRole('button', { name: /Menü von/ }).click()
  await page.getByRole('menuitemradio', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Your worlds' }).waitFor()
})

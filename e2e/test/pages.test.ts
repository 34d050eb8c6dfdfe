import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../src/browser.ts'
import { looks, Visitor } from '../src/visitor.ts'
import { startTestWorldloom, type TestWorldloom } from '../src/worldloom.ts'

let worldloom: TestWorldloom
let browser: Browser

beforeAll(async () => {
  worldloom = await startTestWorldloom()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await worldloom?.close()
})

describe.each(looks)('every page, %s: axe finds nothing, nothing scrolls sideways', (look) => {
  test('for who is not signed in', async () => {
    const visitor = await Visitor.arrive(browser, worldloom.url, look)
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue' }).waitFor()
    await visitor.inspect('sign-in')
    await page.goto('/login-failed?error=access_denied')
    await page.getByText('You are not signed in').waitFor()
    await visitor.inspect('login-failed')
    await page.goto('/nowhere/at/all')
    await page.getByText('Not on the map').waitFor()
    await visitor.inspect('not-found')
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Mira' }).waitFor()
    await visitor.inspect('local-identity')
    await visitor.leave()
  })

  test('for who is', async () => {
    const visitor = await Visitor.arrive(browser, worldloom.url, look)
    const { page } = visitor
    await visitor.signIn('Mira')
    await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
    await visitor.inspect('worlds')
    await page.getByRole('button', { name: 'Menu of' }).click()
    await page.getByRole('menu').waitFor()
    await visitor.inspect('menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New world' }).click()
    await page.getByRole('dialog').waitFor()
    await page.getByRole('button', { name: 'Create world' }).click()
    await page.getByText('Give it a name').waitFor()
    await visitor.inspect('new-world')
    await page.keyboard.press('Escape')
    await page.goto('/worlds?trash=true')
    await page.getByText('The trash is empty').waitFor()
    await visitor.inspect('trash')
    await page.goto('/worlds?q=zzz')
    await page.getByText('Nothing by that name').waitFor()
    await visitor.inspect('no-results')
    await page.goto('/worlds?q=iron')
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByRole('heading', { name: 'What everyone knows' }).waitFor()
    await visitor.inspect('world')
    await page.goto('/worlds/01a00000-0000-7000-8000-000000000000')
    await page.getByText('No such world').waitFor()
    await visitor.inspect('no-such-world')
    await visitor.leave()
  })
})

test('a theme that was chosen holds, also before the app is there', async () => {
  const visitor = await Visitor.arrive(browser, worldloom.url, 'desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await background()
  await page.getByRole('button', { name: 'Menu of' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  expect(await background()).not.toBe(light)
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.reload()
  expect(await background()).not.toBe(light)
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await visitor.context.close()
})

test('a server that can not be reached ends in a page that says so, and the way on works', async () => {
  const visitor = await Visitor.arrive(browser, worldloom.url)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.route('**/trpc/**', (route) => route.abort())
  await page.reload()
  await page.getByText('This page could not be shown').waitFor({ timeout: 30_000 })
  await page.getByText('Worldloom can not be reached').waitFor()
  await visitor.inspect('unreachable')
  await page.unroute('**/trpc/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
  await visitor.context.close()
})

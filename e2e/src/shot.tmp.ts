import { launchBrowser } from './browser.ts'

const browser = await launchBrowser()
const out = '/tmp/shots'

import { mkdirSync } from 'node:fs'

mkdirSync(out, { recursive: true })
for (const [name, viewport, scheme] of [
  ['desk-light', { width: 1280, height: 900 }, 'light'],
  ['desk-dark', { width: 1280, height: 900 }, 'dark'],
  ['phone-light', { width: 390, height: 844 }, 'light'],
  ['phone-dark', { width: 390, height: 844 }, 'dark'],
] as const) {
  const ctx = await browser.newContext({ viewport, colorScheme: scheme })
  const page = await ctx.newPage()
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') console.log(name, m.text())
  })
  page.on('pageerror', (e) => console.log(name, 'PAGEERROR', e.message))
  await page.goto('http://localhost:3000/worlds')
  await page.getByRole('link', { name: /Continue/ }).waitFor()
  await page.screenshot({ path: `${out}/${name}-1signin.png` })
  await page.getByRole('link', { name: /Continue/ }).click()
  await page.getByRole('button', { name: /Mira/ }).waitFor()
  await page.screenshot({ path: `${out}/${name}-2idp.png` })
  await page.getByRole('button', { name: /Mira/ }).click()
  await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
  await page.getByText('The Iron Coast').waitFor()
  await page.waitForTimeout(300)
  await page.screenshot({ path: `${out}/${name}-3worlds.png` })
  await page.getByRole('button', { name: /New world/ }).click()
  await page.getByLabel('Name', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Create world' }).click()
  await page.getByText('Give it a name').waitFor()
  await page.screenshot({ path: `${out}/${name}-4create.png` })
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { name: 'The Iron Coast', level: 1 }).first().waitFor()
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${out}/${name}-5world.png`, fullPage: true })
  await page.getByRole('button', { name: /Menu of/ }).click()
  await page.getByText('Sign out').waitFor()
  await page.waitForTimeout(300)
  await page.screenshot({ path: `${out}/${name}-6menu.png` })
  await page.keyboard.press('Escape')
  await page.goto('http://localhost:3000/nowhere')
  await page.waitForTimeout(300)
  await page.screenshot({ path: `${out}/${name}-7notfound.png` })
  await ctx.close()
}
await browser.close()

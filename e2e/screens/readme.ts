import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { beginEditing } from '../src/editing.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()
const directory = fileURLToPath(new URL('../../docs/screens', import.meta.url))

/** What is shown of the demo world, by the name of the picture. */
const pages: Readonly<Record<string, (page: Page, world: string) => Promise<unknown>>> = {
  board: async (page, world) => {
    await page.goto(`${world}/stories`)
    await page.getByRole('main').getByRole('link', { name: 'The Night the Ninth Went Dark' }).click()
    await page.getByRole('link', { name: 'Board', exact: true }).click()
    await page.getByText('1 Longmoon 412 AR').waitFor()
  },
  map: async (page, world) => {
    await page.goto(`${world}/maps`)
    await page.getByText(/^The Iron Shore · \d markers$/).waitFor()
    await page.getByRole('main').getByRole('link', { name: 'The Iron Coast', exact: true }).last().click()
    await page.getByRole('button', { name: 'The Ninth Light', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Go into it' }).waitFor()
  },
  graph: async (page, world) => {
    await page.goto(`${world}/graph`)
    await page.locator('canvas').waitFor()
    await page.waitForTimeout(5000)
  },
  // Last, as what is written goes on being sent when the page is left.
  writing: async (page, world) => {
    await page.goto(`${world}/personas`)
    await page.getByRole('main').getByRole('link', { name: 'Wren Halloran' }).click()
    await (await beginEditing(page)).getByRole('textbox', { name: 'Body' }).press('Control+End')
    await page.keyboard.type(' She has told nobody but @bas')
    await page.getByRole('option', { name: /^Bastian/ }).waitFor()
  },
}

test.each(['light', 'dark'] as const)('the pictures of the README: %s', async (scheme) => {
  const visitor = await arrive(`desktop-${scheme}`)
  const { page } = visitor
  await page.setViewportSize({ width: 1280, height: 960 })
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  const world = page.url()
  for (const [name, open] of Object.entries(pages)) {
    await open(page, world)
    await page.waitForTimeout(800)
    await page.screenshot({ path: `${directory}/${name}-${scheme}.png` })
  }
})

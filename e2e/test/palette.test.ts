import { expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

const palette = { name: 'Go to, create or run anything' } as const

test('by the keyboard alone: to an entry despite a typo, back to what was opened last, a new entry, other colours', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
  await page.getByRole('button', { name: 'Go to…' }).waitFor()
  // It is loaded after the page.
  const field = page.getByRole('combobox', palette)
  /** It can be typed into: on a busy machine that is some frames after it can be seen. */
  const isReady = async () =>
    await expect.poll(() => field.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true)
  await expect
    .poll(async () => {
      if (!(await field.isVisible())) await page.keyboard.press('Control+k')
      return await field.isVisible()
    })
    .toBe(true)
  await isReady()
  await page.keyboard.type('wern hallo')
  await page.getByRole('option', { name: /^Wren Halloran/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Wren Halloran', level: 1 }).waitFor()

  const open = async () => {
    await page.keyboard.press('Control+k')
    await isReady()
  }
  /** By the arrow keys: from the first one up to the last, and on to it. */
  const choose = async (id: string) => {
    await expect
      .poll(async () => {
        const active = await field.getAttribute('aria-activedescendant')
        if (!active?.endsWith(id)) await page.keyboard.press('ArrowUp')
        return active
      })
      .toMatch(new RegExp(`${id}$`))
    await page.keyboard.press('Enter')
  }
  await open()
  await page.keyboard.type('timel')
  await page.getByRole('option', { name: /^Timeline/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Timeline', level: 1 }).waitFor()

  await open()
  const recent = page.getByRole('group', { name: 'Recent' })
  await recent.getByRole('option', { name: /^Wren Halloran/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Wren Halloran', level: 1 }).waitFor()

  await open()
  await page.keyboard.type('Old Marrow')
  await page.getByRole('option', { name: /^New location “Old Marrow”/ }).waitFor()
  await choose('create-location')
  const dialog = page.getByRole('dialog', { name: 'A new location' })
  await dialog.waitFor()
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Old Marrow')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Old Marrow', level: 1 }).waitFor()

  await open()
  await page.keyboard.type('dark')
  // Once it is found, it is first: what the arrow keys are to pass must not arrive between them and Enter.
  await page.getByRole('option', { name: /^The Night the Ninth Went Dark/ }).waitFor()
  await page.getByRole('option', { name: 'Dark colours' }).waitFor()
  await choose('theme-dark')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await field.waitFor({ state: 'detached' })

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test.each(devices)('it is opened by a button, has no faults, and closes again: %s', async (look) => {
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).first().click()
  await page.getByRole('heading', { name: 'The Iron Coast', level: 1 }).waitFor()
  const field = page.getByRole('combobox', palette)
  await page.getByRole('button', { name: 'Go to…' }).click()
  await page.getByRole('option', { name: /^New persona/ }).waitFor()
  await visitor.inspect('palette')
  await field.fill('light')
  await page.getByRole('group', { name: 'Entries' }).waitFor()
  await visitor.inspect('palette-found')
  await field.fill('keyboard')
  await page.getByRole('option', { name: /^Keyboard shortcuts/ }).click()
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await visitor.inspect('shortcuts')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

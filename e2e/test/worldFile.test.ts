import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

test('a world is exported, deleted by its name, and imported again, in the page', async () => {
  const visitor = await arrive('desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  await page.goto(`${page.url()}/settings`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export this world' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('The Iron Coast.worldloom')
  const bytes = await readFile(await file.path())

  await page.getByLabel('Who can read it').selectOption('unlisted')
  await page.getByText('Everyone who has its address, also without an account').waitFor()
  await visitor.inspect('settings-sharing')
  await page.getByRole('button', { name: 'Delete this world' }).click()
  const sure = page.getByRole('button', { name: 'Move to trash' })
  expect(await sure.isDisabled()).toBe(true)
  await page.getByRole('dialog').getByRole('textbox').fill('The Iron Coast')
  await visitor.inspect('settings-delete')
  await sure.click()
  await page.getByText('“The Iron Coast” is in the trash.').waitFor()

  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  const send = async (name: string, buffer: Buffer) =>
    await dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer })
  await send('letter.worldloom', Buffer.from('Dear sir'))
  await dialog.getByText(/broken or cut off/).waitFor()
  await visitor.inspect('import-refused')
  await dialog.getByLabel('Name').fill('The Iron Coast again')
  await send('coast.worldloom', bytes)
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast again' }).waitFor()
  await page.goto(`${page.url()}/maps`)
  await page.getByText(/^The Iron Shore · \d markers$/).waitFor()
})

test('a world is exported as Markdown and comes back from it, and a vault of another program becomes a world', async () => {
  const visitor = await arrive('phone-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  await page.goto(`${page.url()}/settings`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as Markdown' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^The Iron Coast.*\.zip$/)
  const bytes = await readFile(await file.path())
  await page.goto('/worlds')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  await visitor.inspect('import-dialog')
  await dialog.getByLabel('Name').fill('From Markdown')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'coast.zip', mimeType: 'application/zip', buffer: bytes })
  await page.getByRole('heading', { level: 1, name: 'From Markdown' }).waitFor()
  await page.getByRole('link', { name: 'Harrowgate', exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Harrowgate' }).waitFor()
})

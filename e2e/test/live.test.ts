import { createDatabase } from '@worldloom/db'
import { cloneTestDatabase } from '@worldloom/db/testing'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { launchBrowser } from '../src/browser.ts'
import { beginEditing, cutOff, editField, finishEditing } from '../src/editing.ts'
import { devices, type Looking, Visitor } from '../src/visitor.ts'
import { startTestWorldloom } from '../src/worldloom.ts'

const database = await cloneTestDatabase()
const { db, close } = createDatabase(database.url)
const [here, there] = [
  await startTestWorldloom({ DATABASE_URL: database.url }),
  await startTestWorldloom({ DATABASE_URL: database.url }),
]
const browser = await launchBrowser()
afterAll(async () => {
  await browser.close()
  await close()
  await database.drop()
})

/** Somebody signed in at one of the servers. */
async function arrive(url: string, person: 'Mira' | 'Ada', look?: Looking): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, url, look)
  onTestFinished(() => visitor.leave())
  await visitor.signIn(person)
  return visitor
}

/** Mira's world, which Ada may edit, and a persona in it. */
async function shareWorld() {
  const world = await db.selectFrom('worlds').where('name', '=', 'The Iron Coast').selectAll().executeTakeFirstOrThrow()
  const ada = await db.selectFrom('users').where('displayName', 'like', 'Ada%').select('id').executeTakeFirstOrThrow()
  await db
    .insertInto('worldMembers')
    .values({ worldId: world.id, userId: ada.id, role: 'editor' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const persona = await db
    .selectFrom('entities')
    .where('worldId', '=', world.id)
    .where('kind', '=', 'persona')
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .select(['id', 'displayName'])
    .executeTakeFirstOrThrow()
  return { worldId: world.id, persona, path: `/worlds/${world.id}/personas/${persona.id}` }
}

test('two people at two servers see each other, and what the other does, without reloading', async () => {
  const mira = await arrive(here.url, 'Mira')
  const ada = await arrive(there.url, 'Ada')
  const { worldId, persona, path } = await shareWorld()
  await mira.page.goto(path)
  await ada.page.goto(path)
  await mira.page
    .getByText(/^Ada .*is here too/)
    .first()
    .waitFor()
  await editField(ada.page, 'Description', 'Seen from another server.')
  await mira.page.getByText('Seen from another server.').waitFor()

  // Lists and counts as well.
  await mira.page.goto(`/worlds/${worldId}/things`)
  await mira.page.getByRole('heading', { level: 1 }).waitFor()
  await ada.page.goto(`/worlds/${worldId}/things`)
  await ada.page
    .getByRole('button', { name: /New thing/ })
    .first()
    .click()
  await ada.page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('A lamp that was not there')
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Create thing' }).click()
  await mira.page.getByRole('link', { name: 'A lamp that was not there' }).waitFor()

  // Who edits which field.
  await mira.page.goto(path)
  await ada.page.goto(path)
  await (await beginEditing(ada.page)).getByLabel('Description').focus()
  await beginEditing(mira.page)
  await mira.page.getByText(/^Ada .* is editing Description\.$/).waitFor()
  await mira.inspect('live-editing')
  await finishEditing(ada.page)
  await mira.page.getByText(/is editing Description/).waitFor({ state: 'detached' })
  await finishEditing(mira.page)

  await mira.keep('live-one-server')
  await ada.keep('live-other-server')
  await ada.page.close()
  await mira.page
    .getByText(/^Ada .*is here too/)
    .first()
    .waitFor({ state: 'detached' })

  // Whoever is not a member any more has lost it at once.
  const again = await arrive(there.url, 'Ada')
  const streaming = again.page.waitForRequest(/world\.changes/)
  await again.page.goto(path)
  await again.page.getByRole('heading', { level: 1, name: persona.displayName }).waitFor()
  await streaming
  await mira.page.goto(`/worlds/${worldId}/members`)
  await mira.page.getByRole('button', { name: /^Remove Ada/ }).click()
  await mira.page
    .getByRole('alertdialog')
    .or(mira.page.getByRole('dialog'))
    .getByRole('button', { name: 'Remove' })
    .click()
  await again.page.getByRole('heading', { name: 'No such world' }).waitFor()
})

test('all tabs of a browser share one stream, and another one reads on when its tab is closed', async () => {
  const mira = await arrive(here.url, 'Mira')
  const ada = await arrive(there.url, 'Ada')
  const { path } = await shareWorld()
  const open: string[] = []
  mira.context.on('request', (request) => request.url().includes('world.changes') && open.push(request.url()))
  await mira.page.goto(path)
  await vi.waitUntil(() => open.length === 1, { timeout: 10_000 })
  const tabs = [await mira.openTab(path), await mira.openTab(path)]
  for (const tab of tabs) await tab.getByRole('heading', { level: 1 }).waitFor()
  await ada.page.goto(path)
  await editField(ada.page, 'Description', 'For every tab.')
  for (const tab of [mira.page, ...tabs]) await tab.getByText('For every tab.').waitFor()
  expect(open.length).toBe(1)
  await mira.page.close()
  await editField(ada.page, 'Description', 'For those that are left.')
  for (const tab of tabs) await tab.getByText('For those that are left.').waitFor()
  expect(open.length).toBe(2)
})

test('changes are undone by a button and by Ctrl-Z, unless somebody changed the same since', async () => {
  const mira = await arrive(here.url, 'Mira')
  const ada = await arrive(there.url, 'Ada')
  const { path } = await shareWorld()
  const { page } = mira
  await page.goto(path)
  await ada.page.goto(path)
  await editField(page, 'Description', 'First.')
  await page.getByText('First.').waitFor()
  await editField(page, 'Description', 'Second.')
  await page.getByText('Second.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByText('First.').waitFor()
  await page.getByText('Undone.').waitFor()
  await mira.inspect('live-undone')
  await page.keyboard.press('Control+Shift+z')
  await page.getByText('Second.').waitFor()
  await page.keyboard.press('Control+z')
  await page.getByText('First.').waitFor()

  // Whatever has arrived there of all that: what she edits is the present version.
  await ada.page.reload()
  await editField(ada.page, 'Description', 'Mine.')
  await page.getByText('Mine.', { exact: true }).waitFor()
  await page.keyboard.press('Control+z')
  await page.getByText(/has been changed again since\. Nothing was undone\. Ada .* changed Description\./).waitFor()
  await mira.inspect('live-undo-refused')
  expect(await page.getByText('Mine.', { exact: true }).count()).toBe(1)

  // In a text it is the text's own.
  const field = (await beginEditing(page)).getByLabel('Description', { exact: true })
  await field.fill('Typed')
  await field.press('Control+z')
  expect(await field.inputValue()).toBe('Mine.')
})

test('changes to different fields are merged; to the same one, both are shown by words', async () => {
  const mira = await arrive(here.url, 'Mira', 'phone-dark')
  const ada = await arrive(there.url, 'Ada')
  const { path } = await shareWorld()
  await ada.page.goto(path)
  await editField(ada.page, 'Description', 'The keeper of the ninth light.')
  await mira.page.goto(path)
  await mira.page.getByText('The keeper of the ninth light.').waitFor()
  const entry = await beginEditing(mira.page)
  await entry.getByRole('textbox', { name: 'Body' }).fill('Mira wrote this.')
  await editField(ada.page, 'Description', 'The sleepless keeper of the ninth light.')
  // It is taken over where she writes.
  await expect.poll(() => entry.getByLabel('Description').inputValue()).toBe('The sleepless keeper of the ninth light.')
  await finishEditing(mira.page)
  await mira.page.getByText('The sleepless keeper of the ninth light.').waitFor()
  await mira.page.getByText('Mira wrote this.').waitFor()
  await ada.page.getByText('Mira wrote this.').waitFor()

  const reconnect = await cutOff(mira.page)
  await beginEditing(mira.page)
  await entry.getByLabel('Description').fill('The sleepless keeper of the tenth light.')
  await entry.getByRole('textbox', { name: 'Body' }).fill('Mira wrote more.')
  await editField(ada.page, 'Description', 'The drowsy keeper of the ninth light.')
  await reconnect()
  await mira.page.getByRole('heading', { name: 'Somebody else changed this too' }).waitFor()
  await mira.page.locator('ins', { hasText: 'tenth' }).waitFor()
  await mira.page.locator('ins', { hasText: 'drowsy' }).waitFor()
  // The body is Mira's alone.
  expect(await mira.page.getByRole('group').count()).toBe(1)
  await mira.inspect('live-conflict')
  await mira.page.getByRole('radio', { name: /^Theirs/ }).check()
  await mira.page.getByRole('button', { name: 'Save this version' }).click()
  await mira.page.getByRole('dialog').waitFor({ state: 'detached' })
  await finishEditing(mira.page)
  await mira.page.getByText('The drowsy keeper of the ninth light.').waitFor()
  await mira.page.getByText('Mira wrote more.').waitFor()
})

test.each(devices)('the history of an entry, and the activity of its world: %s', async (look) => {
  const mira = await arrive(here.url, 'Mira', look)
  const { worldId, path } = await shareWorld()
  const { page } = mira
  await page.goto(path)
  const words = `The keeper of light number ${devices.indexOf(look)}, who does not sleep.`
  await editField(page, 'Description', words)
  await editField(page, 'Description', words.replace('not sleep', 'sleep badly'))
  await page.getByRole('button', { name: 'History', exact: true }).click()
  const panel = page.getByRole('complementary', { name: 'History' })
  // What was saved without a pause is one line until each is asked for.
  await panel
    .getByRole('button', { name: /^Versions \d+ to \d+: show each/ })
    .first()
    .click()
  await panel
    .getByRole('button', { name: /^What was changed/ })
    .first()
    .click()
  await panel.locator('del', { hasText: 'not' }).waitFor()
  await panel.locator('ins', { hasText: 'badly' }).waitFor()
  await mira.inspect('history')
  await panel
    .getByRole('button', { name: /^Restore version/ })
    .first()
    .click()
  await page.getByRole('article').getByText(words, { exact: true }).first().waitFor()
  await panel.getByRole('button', { name: 'Close the history' }).press('Enter')
  expect(
    await page
      .getByRole('button', { name: 'History', exact: true })
      .evaluate((button) => button === document.activeElement),
  ).toBe(true)

  await page.goto(`/worlds/${worldId}/activity`)
  await page
    .getByText(/changed Description of/)
    .first()
    .waitFor()
  await mira.inspect('activity')
  await page.getByLabel('What was changed').selectOption('persona')
  await page.waitForURL(/kind=persona/)
  await page.getByLabel('From').fill('2100-01-01')
  await page.getByText('No changes match.').waitFor()
})

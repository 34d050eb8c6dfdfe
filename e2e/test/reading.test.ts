import { expect, test } from 'vitest'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

/** The owner of the demo world, and its address in the studio. */
async function atOwnWorld(): Promise<{ owner: Visitor; studio: string }> {
  const owner = await arrive('desktop-light')
  await owner.signIn('Mira')
  await owner.page.getByRole('link', { name: 'The Iron Coast' }).click()
  await owner.page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  return { owner, studio: owner.page.url() }
}

test('a story is shared from its page, opened without an account, and revoked', async () => {
  const { owner, studio } = await atOwnWorld()
  const { page } = owner
  await page.goto(`${studio}/stories`)
  await page.getByRole('link', { name: 'The Night the Ninth Went Dark' }).click()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByLabel('What it is for').fill('Test readers')
  await owner.inspect('share-dialog')
  await page.getByRole('button', { name: 'Create link' }).click()
  const link = await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()

  const guest = await arrive('phone-light')
  await guest.page.goto(link)
  await guest.page.getByRole('heading', { level: 1, name: 'The Night the Ninth Went Dark' }).waitFor()
  await guest.page.getByRole('link', { name: 'Read the story' }).click()
  await guest.page.getByRole('heading', { name: 'The hundred and twelfth step' }).waitFor()
  // Of the world there is only what was shared.
  await guest.page.goto(new URL(studio).pathname.replace('/worlds/', '/read/'))
  await guest.page.getByRole('heading', { name: 'Shared with you' }).waitFor()
  expect(await guest.page.getByRole('link', { name: 'Personas' }).count()).toBe(0)
  await guest.inspect('reading-shared')

  await page.goto(`${studio}/settings`)
  await page.getByText('Opened in one browser').click()
  await page.getByText(/on Linux, just now/).waitFor()
  await owner.inspect('share-links')
  await page.getByRole('button', { name: 'Revoke Test readers' }).click()
  await page.getByText('Nobody can read with that link any more.').waitFor()
  await guest.page.reload()
  await guest.page.getByRole('heading', { name: 'There is nothing to read here' }).waitFor()
  await guest.inspect('reading-nothing')
})

test.each(devices)('a public world is read without an account, by links alone: %s', async (look) => {
  const { owner, studio } = await atOwnWorld()
  const { page } = owner
  await page.goto(`${studio}/settings`)
  await page.getByLabel('Who can read it').selectOption('public')
  await page.getByText('Everyone, also without an account').waitFor()
  const guest = await arrive(look)
  const pageOf = guest.page
  await pageOf.goto('/read')
  await guest.inspect('reading-library')
  // Once more, from what the browser has kept: with its styles, or the page complains.
  await pageOf.goto('/read')
  await pageOf.getByRole('link', { name: 'The Iron Coast' }).click()
  await guest.inspect('reading-world')
  await pageOf.getByRole('navigation', { name: 'In this world' }).getByRole('link', { name: 'Personas' }).click()
  await guest.inspect('reading-list')
  await pageOf.getByRole('link', { name: 'Wren Halloran' }).click()
  await pageOf.getByRole('heading', { level: 1, name: 'Wren Halloran' }).waitFor()
  await guest.inspect('reading-entry')
  await pageOf.getByRole('navigation').getByRole('link', { name: 'Maps' }).click()
  await pageOf.getByRole('main').getByRole('link', { name: 'The Iron Coast' }).click()
  await guest.inspect('reading-map')
  await pageOf.locator('svg a', { hasText: 'Harrowgate' }).click()
  await pageOf.getByRole('heading', { level: 1, name: 'Harrowgate' }).waitFor()
  // By the keyboard alone.
  await pageOf.getByRole('searchbox', { name: 'Search this world' }).focus()
  await pageOf.keyboard.type('ninht')
  await pageOf.keyboard.press('Enter')
  await pageOf.getByRole('heading', { level: 1, name: 'Search' }).waitFor()
  await guest.inspect('reading-search')
  await pageOf.getByRole('main').getByRole('link', { name: 'The Night the Ninth Went Dark' }).click()
  await pageOf.getByRole('link', { name: 'Read the story' }).click()
  await guest.inspect('reading-story')
  // Scripts have no part in any of this.
  expect(await pageOf.locator('script').count()).toBe(0)
})

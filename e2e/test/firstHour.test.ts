import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { beginEditing, cutOff, editField, finishEditing } from '../src/editing.ts'
import type { Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, browser, arrive } = await openWorldloom()

async function signedIn(person: 'Ada' | 'Mira' | 'Theo', target?: string): Promise<Visitor> {
  const visitor = await arrive()
  await visitor.signIn(person, target)
  return visitor
}

/** Creates a world and returns its path. */
async function makeWorld(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'New world' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create world' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page.url()
}

/** Creates an entry with its kind's form, from the list. */
async function make(page: Page, world: string, plural: string, one: string, values: Record<string, string>) {
  await page.goto(`${world}/${plural}`)
  await page.getByRole('button', { name: `New ${one}`, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `A new ${one}` })
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label, { exact: true }).fill(value)
  await dialog.getByRole('button', { name: `Create ${one}` }).click()
  await page.getByRole('heading', { level: 1, name: values.Name ?? '' }).waitFor()
}

async function choose(within: Locator | Page, page: Page, label: string, name: string) {
  await within.getByRole('combobox', { name: label }).fill(name)
  await page.getByRole('option', { name }).click()
}

/** The scenes in the outline by act, as shown on the page. */
async function board(page: Page): Promise<Record<string, string[]>> {
  const acts = page.locator('section:has(#outline) > ol > li')
  return Object.fromEntries(
    await acts.evaluateAll((items) =>
      items.map((item) => [
        item.querySelector('h3')?.textContent ?? '',
        [...item.querySelectorAll('ol p > a')].map((link) => link.textContent ?? ''),
      ]),
    ),
  )
}

test('a first hour: people, places, things, a story on its board, a scene with all that is in it, a book', async () => {
  const visitor = await signedIn('Mira')
  const { page } = visitor
  const world = await makeWorld(page, 'Saltmarsh')
  await page.getByRole('link', { name: '0 Personas' }).click()
  await page.getByText('A persona is anyone who acts in a story.').waitFor()
  await make(page, world, 'personas', 'persona', { Name: 'Isolde', Epithet: 'the Reed', Pronouns: 'she/her' })
  await page.getByText('the Reed').waitFor()
  await make(page, world, 'personas', 'persona', { Name: 'Tam' })
  await make(page, world, 'locations', 'location', { Name: 'The Marsh', Kind: 'wetland' })
  await page.getByRole('button', { name: 'New location' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('The Causeway')
  await page.getByRole('button', { name: 'Create location' }).click()
  await page.getByRole('link', { name: 'The Causeway' }).first().click()
  await page.getByRole('navigation', { name: 'Location path' }).getByRole('link', { name: 'The Marsh' }).waitFor()

  // Nesting a location in itself is refused at the field.
  await page.goto(`${world}/locations`)
  await page.getByRole('link', { name: 'The Marsh' }).click()
  await choose(await beginEditing(page), page, 'Located in', 'The Causeway')
  await page.getByText('A location cannot be inside itself').waitFor()
  await page.getByRole('button', { name: 'Discard changes' }).click()

  await page.goto(`${world}/things`)
  await page.getByRole('button', { name: 'New thing' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('The Lantern')
  await choose(page.getByRole('dialog'), page, 'Belongs to', 'Isolde')
  await page.getByRole('button', { name: 'Create thing' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Lantern' }).waitFor()
  await page.getByRole('link', { name: 'Isolde' }).first().click()
  await page.getByRole('heading', { level: 2, name: 'Things' }).waitFor()
  await page.getByRole('link', { name: 'The Lantern' }).first().waitFor()

  await make(page, world, 'stories', 'story', { Name: 'High Water', Logline: 'The tide does not go out.' })
  for (const [field, names] of [
    ['Add the first act', ['Dusk']],
    ['Add a scene to Dusk', ['Bells', 'Mud', 'Lamp']],
    ['Add an act', ['Dawn']],
  ] as const) {
    const input = page.getByRole('textbox', { name: field })
    for (const name of names) {
      await input.fill(name)
      await input.press('Enter')
      await expect.poll(async () => Object.entries(await board(page)).flat(2)).toContain(name)
    }
  }
  expect(await board(page)).toEqual({ Dusk: ['Bells', 'Mud', 'Lamp'], Dawn: [] })

  // Both acts are in view, with nothing in front of them.
  await page.setViewportSize({ width: 1280, height: 1400 })
  const messages = page.getByRole('button', { name: 'Dismiss' })
  await expect
    .poll(async () => {
      if ((await messages.count()) > 0) await messages.first().click()
      return await messages.count()
    })
    .toBe(0)
  // By pointer: within an act, into an empty one, and the acts themselves.
  const row = (name: string) =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: `Move ${name}`, exact: true }) })
      .last()
  await page.getByRole('button', { name: 'Move Lamp' }).dragTo(row('Bells'), { targetPosition: { x: 60, y: 4 } })
  await expect.poll(() => board(page)).toEqual({ Dusk: ['Lamp', 'Bells', 'Mud'], Dawn: [] })
  await page.getByRole('button', { name: 'Move Mud' }).dragTo(row('Dawn').locator('ol'))
  await expect.poll(() => board(page)).toEqual({ Dusk: ['Lamp', 'Bells'], Dawn: ['Mud'] })

  // By keyboard: into the neighbouring act, with the focus staying on the moved scene.
  const press = async (name: string, move: string) => {
    const handle = page.getByRole('button', { name: `Move ${name}`, exact: true })
    // An earlier move may still be settling, which can replace the handle.
    await expect
      .poll(async () => {
        if ((await page.getByRole('menu').count()) === 0) await handle.press('Enter')
        return await page.locator(':focus[role=menuitem]').count()
      })
      .toBe(1)
    const focused = () => page.locator(':focus[role=menuitem]').textContent()
    // The focus follows once the page has rendered the move.
    for (let before = await focused(); before !== move; before = await focused()) {
      await page.keyboard.press('ArrowDown')
      await page
        .locator(':focus[role=menuitem]')
        .filter({ hasNotText: before ?? '' })
        .waitFor()
    }
    await page.keyboard.press('Enter')
  }
  await press('Bells', 'Move down')
  await expect.poll(() => board(page)).toEqual({ Dusk: ['Lamp'], Dawn: ['Bells', 'Mud'] })
  await page.getByText('Bells is now 1 of 2 in Dawn.').waitFor({ state: 'attached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move Bells')
  const sent = page.waitForResponse(/act\.move/)
  await press('Dawn', 'Move up')
  await expect.poll(async () => Object.keys(await board(page))).toEqual(['Dawn', 'Dusk'])
  // It is shown before it is sent: a page that is left at once would not send it.
  await sent
  await page.reload()
  await expect.poll(() => board(page)).toEqual({ Dawn: ['Bells', 'Mud'], Dusk: ['Lamp'] })
  await visitor.inspect('story-outline')

  await page.getByRole('link', { name: 'Bells' }).click()
  await page.getByRole('heading', { level: 1, name: 'Bells' }).waitFor()
  await choose(page, page, 'Choose a place', 'The Causeway')
  await page.getByRole('button', { name: 'Remove The Causeway from the scene' }).waitFor()
  await choose(page, page, 'Add a persona', 'Isolde')
  await page.getByRole('button', { name: 'Remove Isolde from the scene' }).waitFor()
  await choose(page, page, 'Add a persona', 'Tam')
  await page.getByRole('button', { name: 'Remove Tam from the scene' }).click()
  await expect.poll(() => page.getByRole('link', { name: 'Tam' }).count()).toBe(0)
  await choose(page, page, 'Add a thing', 'The Lantern')
  await page.getByRole('button', { name: 'Remove The Lantern from the scene' }).waitFor()
  await visitor.inspect('scene')

  await make(page, world, 'stories', 'story', { Name: 'Low Water' })
  await make(page, world, 'books', 'book', { Name: 'Tides', ISBN: '978-3-16-148410-0' })
  await page.getByText('9783161484100').waitFor()
  for (const story of ['High Water', 'Low Water']) {
    await choose(page, page, 'Add a story', story)
    await page.getByRole('button', { name: `Remove ${story} from the book` }).waitFor()
  }
  await press('Low Water', 'Move up')
  await page.getByText('Low Water is now 1 of 2.').waitFor({ state: 'attached' })
  await page.getByText('Moved.').waitFor() // by then it was sent
  await page.reload()
  await expect
    .poll(() => page.getByRole('button', { name: /^Move/ }).evaluateAll((all) => all.map((button) => button.ariaLabel)))
    .toEqual(['Move Low Water', 'Move High Water'])

  await page.goto(world)
  await page
    .getByRole('link', { name: '2 Scenes' })
    .or(page.getByRole('link', { name: '3 Scenes' }))
    .waitFor()
  await page.getByRole('heading', { name: 'Lately' }).waitFor()
})

test('a list is searched, narrowed and put in another order, and its address says how', async () => {
  const { page } = await signedIn('Mira')
  const world = await makeWorld(page, 'Listed')
  for (const [name, status] of [
    ['Alpha', 'Draft'],
    ['Beta', 'Idea'],
    ['Gamma', 'Draft'],
  ] as const) {
    await page.goto(`${world}/stories`)
    await page
      .getByRole('button', { name: /New story|Create the first story/ })
      .first()
      .click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('dialog').getByLabel('Status').selectOption(status)
    await page.getByRole('button', { name: 'Create story' }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }
  await page.goto(`${world}/stories`)
  const names = () => page.locator('main [role=listitem] a.font-display').allTextContents()
  await expect.poll(names).toEqual(['Gamma', 'Beta', 'Alpha'])
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('Sort: Name')
  await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma'])
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByLabel('Field').selectOption('Status')
  await page.getByRole('search').getByText('Draft', { exact: true }).click()
  await expect.poll(names).toEqual(['Alpha', 'Gamma'])
  expect(new URL(page.url()).searchParams.get('where')).toBe('[{"field":"status","is":"anyOf","values":["draft"]}]')
  await page.getByLabel('Search by name').fill('amm')
  await expect.poll(names).toEqual(['Gamma'])
  await page.reload()
  await expect.poll(names).toEqual(['Gamma'])
  await page.getByLabel('Search by name').fill('zzz')
  await page.getByText('Nothing found').waitFor()
  await page.getByRole('button', { name: 'Show all', exact: true }).click()
  await expect.poll(names).toHaveLength(3)
})

test('an image is uploaded, seen, put in the place of; what is no image is refused with a sentence', async () => {
  const visitor = await signedIn('Mira')
  const { page } = visitor
  const world = await makeWorld(page, 'Pictured')
  const picture = await page.screenshot()
  await page.goto(`${world}/images`)
  await page.getByRole('button', { name: 'Upload images' }).click()
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles([
      { name: 'harbour map.png', mimeType: 'image/png', buffer: picture },
      { name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('Dear sir, this is a letter.') },
    ])
  const files = page.getByRole('dialog').getByRole('listitem')
  await files.filter({ hasText: 'harbour map.png' }).getByText('done').waitFor()
  await files.filter({ hasText: 'letter.png' }).getByText('refused').waitFor()
  await files.filter({ hasText: 'letter.png' }).getByText('Is not an image of a kind we take').waitFor()
  await visitor.inspect('upload')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('link', { name: 'harbour map' }).click()
  const shown = page.getByRole('region', { name: 'File' }).locator('img')
  const width = () => shown.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))
  await expect.poll(width).toBe(1280)
  await page.getByText('1280 × 900 pixels').waitFor()
  const phone = await browser.newPage({ viewport: { width: 400, height: 300 } })
  await page.getByLabel('Replace the file').setInputFiles({
    name: 'other.png',
    mimeType: 'image/png',
    buffer: await phone.screenshot(),
  })
  await phone.close()
  await page.getByText('400 × 300 pixels').waitFor()
  await expect.poll(width).toBe(400)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('harbour map.png')
})

test('what is deleted says what goes with it, and comes back by Undo and from the trash', async () => {
  const visitor = await signedIn('Mira')
  const { page } = visitor
  const world = await makeWorld(page, 'Forgetful')
  await make(page, world, 'stories', 'story', { Name: 'Gone' })
  const story = page.url()
  await page.getByRole('textbox', { name: 'Add the first act' }).fill('One')
  await page.keyboard.press('Enter')
  const scene = page.getByRole('textbox', { name: 'Add a scene to One' })
  await scene.fill('Within')
  await scene.press('Enter')
  await page.getByRole('link', { name: 'Within' }).waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByText('1 act and 1 scene go into the trash with it').waitFor()
  await page.getByRole('button', { name: 'Move to trash' }).click()
  await page.getByText('“Gone” is in the trash, with 2 more.').waitFor()
  await page.goto(story)
  await page.getByRole('heading', { name: 'No such story' }).waitFor()
  await page.goto(`${world}/trash`)
  await page.getByText('story, with 2 more').waitFor()
  await visitor.inspect('world-trash')
  await page.getByRole('button', { name: 'Restore Gone' }).click()
  await page.getByText('The trash is empty').waitFor()
  await page.goto(story)
  await page.getByRole('link', { name: 'Within' }).waitFor()
  await make(page, world, 'things', 'thing', { Name: 'Trinket' })
  await page.getByRole('button', { name: 'Delete' }).click()
  // Not that of the creation.
  const toast = page.getByRole('status').filter({ hasText: '“Trinket” is in the trash.' })
  await toast.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: 'Trinket' }).waitFor()
})

test('two people change the same persona: one chooses what to keep', async () => {
  const visitor = await signedIn('Mira')
  const { page } = visitor
  const world = await makeWorld(page, 'Shared')
  await make(page, world, 'personas', 'persona', { Name: 'Contested' })
  const other = await visitor.openTab(page.url())
  const reconnect = await cutOff(other)
  await (await beginEditing(other)).getByLabel('Motivations').fill('From the second tab.')
  await other.getByText('Kept in this browser until it can.').waitFor()
  await editField(page, 'Motivations', 'From the first tab.')
  await page.getByText('From the first tab.').waitFor()
  await reconnect()
  const choice = other.getByRole('dialog', { name: 'Somebody else changed this too' })
  await choice.getByText('From the first tab.').waitFor()
  await choice.getByRole('button', { name: 'Save this version' }).click()
  await choice.waitFor({ state: 'detached' })
  await finishEditing(other)
  await other.getByText('From the second tab.').waitFor()
  expect(await other.getByText('From the first tab.').count()).toBe(0)
  await page.getByText('From the second tab.').waitFor()
})

test('somebody is invited by a link, joins, is made an editor, writes, and is removed', async () => {
  const owner = await signedIn('Mira')
  const world = await makeWorld(owner.page, 'Open House')
  await owner.page.getByRole('link', { name: 'Members' }).click()
  await owner.page.getByRole('button', { name: 'Invite' }).click()
  const dialog = owner.page.getByRole('dialog')
  await dialog.getByLabel('How').first().selectOption('By a link you share')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  await owner.inspect('invitation-made')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await owner.page.getByText('for one person').waitFor()

  const guest = await signedIn('Ada', new URL(link).pathname + new URL(link).search)
  await guest.page.getByRole('heading', { name: 'Open House' }).waitFor()
  await guest.inspect('join')
  await guest.page.getByRole('button', { name: 'Join as viewer' }).click()
  await guest.page.getByText('you are a viewer').waitFor()
  expect(await guest.page.getByRole('link', { name: 'Trash' }).count()).toBe(0)
  await guest.page.goto(`${world}/things`)
  await guest.page.getByText('No things yet').waitFor()
  expect(await guest.page.getByRole('button', { name: /thing/ }).count()).toBe(0)
  await guest.page.goto(`${world}/trash`)
  await guest.page.getByText('Only editors see the trash').waitFor()
  await guest.page.goto(link)
  await guest.page
    .getByText('This invitation does not work')
    .or(guest.page.getByText('You are in this world already'))
    .waitFor()

  await owner.page.reload()
  await owner.page.getByLabel(/^Role of Ada/).selectOption('Editor')
  await owner.page.getByText('Changed.').waitFor()
  await owner.inspect('members')
  await make(guest.page, world, 'things', 'thing', { Name: 'A gift' })
  await owner.page.getByRole('button', { name: /^Remove Ada/ }).click()
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => owner.page.getByLabel(/^Role of Ada/).count()).toBe(0)
  await guest.page.reload()
  await guest.page.getByText('No such world').waitFor()
})

test('movies are narrowed by year and rating', async () => {
  const { page } = await signedIn('Theo')
  await page.getByRole('button', { name: 'Menu of' }).click()
  await page.getByRole('menuitem', { name: 'Movies' }).click()
  await page.getByText('The Godfather').waitFor()
  await page.getByLabel('Released').selectOption('Since 1990')
  await page.getByLabel('Rating').selectOption('9 or more')
  await expect.poll(() => page.getByText('The Godfather').count()).toBe(0)
  await page.getByText('The Shawshank Redemption').waitFor()
  expect(new URL(page.url()).search).toBe('?since=1990&rating=9')
})

test('a key is made for one world, and reaches no other', async () => {
  const { page } = await signedIn('Mira')
  await makeWorld(page, 'Keyed')
  await page.goto('/settings/api-keys')
  await page.getByRole('button', { name: 'New key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('One world')
  await dialog.getByLabel('read (world:read)').check()
  await dialog.getByLabel('Only in these').check()
  await dialog.getByText('Choose the worlds.').waitFor()
  await dialog.getByLabel('Keyed', { exact: true }).check()
  await dialog.getByRole('button', { name: 'Create key' }).click()
  const key = await page.getByRole('textbox', { name: 'API key' }).inputValue()
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByText('Only in Keyed').waitFor()
  const response = await fetch(`${worldloom.url}/api/v1/worlds`, { headers: { 'x-api-key': key } })
  const { items } = (await response.json()) as { items: { name: string }[] } // the API's output
  expect(items.map(({ name }) => name)).toEqual(['Keyed'])
})

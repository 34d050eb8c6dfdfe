import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { beginEditing, cutOff, editField, finishEditing } from '../src/editing.ts'
import type { Look, Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

/** An author's evening: everything that one does with a new world, one after the other, as one person would. */

const { arrive } = await openWorldloom()

/** Goes to something through the palette, as from any page. */
async function goTo(page: Page, text: string, name: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: 'Go to, create or run anything' })
  await box.fill(text)
  await page.getByRole('option', { name }).first().click()
  await box.waitFor({ state: 'detached' })
}

/** Takes back what was done last, and then that; what is seen each time is for the caller to say. */
async function undoAndRedo(page: Page, isUndone: () => Promise<void>, isDone: () => Promise<void>): Promise<void> {
  // Not where the browser undoes what is typed.
  await page.getByRole('main').focus()
  await page.keyboard.press('Control+z')
  await isUndone()
  await page.keyboard.press('Control+Shift+z')
  await isDone()
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

async function beginNovel(visitor: Visitor, name: string): Promise<string> {
  const { page } = visitor
  await page.getByRole('button', { name: 'New world' }).click()
  const dialog = page.getByRole('dialog', { name: 'A new world' })
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByRole('radio', { name: /^A novel/ }).check()
  await visitor.inspect('evening-template')
  await dialog.getByRole('button', { name: 'Create world' }).click()
  await heading(page, name).waitFor()
  return page.url()
}

async function writePersonas({ page }: Visitor, world: string): Promise<void> {
  // The template says who is missing: the first of them gets a name.
  await page.getByRole('link', { name: 'The protagonist', exact: true }).first().click()
  await heading(page, 'The protagonist').waitFor()
  await page.getByText('placeholder, still to be filled in').waitFor()
  const entry = await beginEditing(page)
  await entry.getByLabel('Name', { exact: true }).fill('Ines Calder')
  await entry.getByLabel('Display name').fill('')
  await entry.getByLabel('Description', { exact: true }).fill('She carries salt, and other people’s letters.')
  await entry.getByLabel('Date of birth').fill('12 March 1841')
  await finishEditing(page)
  await heading(page, 'Ines Calder').waitFor()
  await undoAndRedo(
    page,
    () => heading(page, 'The protagonist').waitFor(),
    () => heading(page, 'Ines Calder').waitFor(),
  )
  await page.goto(`${world}/personas`)
  await page.getByRole('button', { name: 'New persona' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'A new persona' })
  await dialog.getByLabel('Name', { exact: true }).fill('Tobias Rook')
  await dialog.getByLabel('Date of birth').fill('1839')
  await dialog.getByRole('button', { name: 'Create persona' }).click()
  await heading(page, 'Tobias Rook').waitFor()
  await undoAndRedo(
    page,
    () => page.getByRole('heading', { name: 'No such persona' }).waitFor(),
    () => heading(page, 'Tobias Rook').waitFor(),
  )
}

async function drawMap(visitor: Visitor, world: string, look: Look): Promise<void> {
  const { page } = visitor
  await page.goto(`${world}/maps`)
  const drawing = await page.screenshot()
  await page.getByRole('button', { name: 'New map' }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'The salt road.png', mimeType: 'image/png', buffer: drawing })
  await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('The salt road')
  await page.getByRole('img', { name: 'What the map is drawn on' }).waitFor()
  await page.getByRole('button', { name: 'Create map' }).click()
  await heading(page, 'The salt road').waitFor()
  const picture = page.getByRole('group', { name: /^The salt road: / })
  for (const [name, x, y] of [
    ['Where it begins', 90, 120],
    ['Where it leads', 180, 200],
  ] as const) {
    await page.getByRole('button', { name: 'Add a pin' }).click()
    await picture.click({ position: { x, y } })
    await page.getByRole('combobox', { name: 'Entry' }).fill(name)
    await page.getByRole('option', { name }).click()
    await page.getByRole('button', { name: 'Add the pin' }).click()
    await page.getByRole('button', { name, exact: true }).waitFor()
  }
  const pin = page.getByRole('button', { name: 'Where it leads', exact: true })
  await undoAndRedo(
    page,
    () => pin.waitFor({ state: 'detached' }),
    () => pin.waitFor(),
  )
  await visitor.inspect(`evening-map-${look}`)
}

async function writeStory(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await goTo(page, 'My novel', /^My novel.*story/i)
  await heading(page, 'My novel').waitFor()
  await page.getByRole('link', { name: 'Read it through' }).click()
  const write = async (scene: string, text: string) => {
    await page.getByRole('button', { name: `Write ${scene}`, exact: true }).click()
    const box = page.getByRole('textbox', { name: scene })
    await expect.poll(() => box.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type(text)
    return box
  }
  const opening = await write('An ordinary day', 'The mule knew the road. Ines Calder did not need to. ')
  await page.keyboard.type('Behind her walked @The Lamplighter')
  // Nobody is called that: it is created where it is written.
  await page.getByRole('option', { name: 'Create persona “The Lamplighter”' }).waitFor()
  await page.waitForTimeout(100)
  await page.keyboard.press('Enter')
  await expect.poll(() => opening.textContent()).toContain('walked The Lamplighter')
  await page.keyboard.type('and said nothing.')
  await page.keyboard.press('Escape')
  await opening.waitFor({ state: 'detached' })
  const incident = await write('Something happens', 'The letter was addressed to nobody. It was for her.')
  await page.keyboard.press('Escape')
  await incident.waitFor({ state: 'detached' })
  await page.getByText('It was for her.').waitFor()
  await undoAndRedo(
    page,
    () => page.getByText('It was for her.').waitFor({ state: 'detached' }),
    () => page.getByText('It was for her.').waitFor(),
  )
  await page.getByRole('link', { name: 'The Lamplighter' }).click()
  await heading(page, 'The Lamplighter').waitFor()
  await page.getByText('Behind her walked').waitFor()
}

async function moveScene(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await goTo(page, 'My novel', /^My novel.*story/i)
  await page.getByRole('link', { name: 'Board', exact: true }).click()
  const card = page.locator('[data-scene]').filter({ hasText: 'Not me' })
  await card.waitFor()
  const order = () => page.locator('[data-scene] a').allTextContents()
  const before = await order()
  const moved = page.waitForResponse(/scene\.move/)
  await page.getByRole('link', { name: 'Not me', exact: true }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(async () => (await order()).indexOf('Not me')).toBe(before.indexOf('Not me') - 1)
  await moved
  await undoAndRedo(
    page,
    () => expect.poll(order).toEqual(before),
    () => expect.poll(order).not.toEqual(before),
  )
  await visitor.inspect('evening-board')
}

async function giveDates({ page }: Visitor): Promise<void> {
  for (const [scene, date] of [
    ['An ordinary day', '3 May 1866'],
    ['Something happens', '4 May 1866'],
  ] as const) {
    await goTo(page, scene, new RegExp(`^${scene}.*scene`, 'i'))
    await heading(page, scene).waitFor()
    await editField(page, 'Date', date)
    await page.getByText(date).first().waitFor()
  }
}

async function link(visitor: Visitor): Promise<void> {
  const { page } = visitor
  await goTo(page, 'Ines Cal', /^Ines Calder/)
  await heading(page, 'Ines Calder').waitFor()
  await page.getByRole('button', { name: 'Add link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add link' })
  await dialog.getByLabel('How').selectOption({ label: 'friend of' })
  await dialog.getByRole('combobox', { name: 'With' }).fill('Tobias')
  await page.getByRole('option', { name: 'Tobias Rook' }).click()
  await dialog.getByLabel('Since').fill('1860')
  await dialog.getByText('= 1860').waitFor()
  await dialog.getByRole('button', { name: 'Add link' }).click()
  await dialog.waitFor({ state: 'detached' })
  const linked = page.getByText('from 1860')
  await linked.waitFor()
  await undoAndRedo(
    page,
    () => linked.waitFor({ state: 'detached' }),
    () => linked.waitFor(),
  )
  await visitor.inspect('evening-entry')
}

async function mendContradiction(visitor: Visitor, world: string): Promise<void> {
  const { page } = visitor
  // She dies before what she is in the cast of.
  await editField(page, 'Date of death', '1 May 1866')
  await page.goto(`${world}/continuity`)
  const fault = page.getByText('Ines Calder is in the cast of “An ordinary day”')
  await fault.waitFor()
  await visitor.inspect('evening-continuity')
  await goTo(page, 'Ines Cal', /^Ines Calder/)
  await heading(page, 'Ines Calder').waitFor()
  await editField(page, 'Date of death', '1 May 1901')
  await page.goto(`${world}/continuity`)
  await page.getByText('No contradictions').waitFor()
  expect(await fault.count()).toBe(0)
}

/** Ada is invited as a viewer, and sees what is done while she looks. Then she may write too, and both do. */
async function share(visitor: Visitor, world: string, look: Look): Promise<void> {
  const { page } = visitor
  await page.goto(`${world}/members`)
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('How').first().selectOption('By a link you share')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  const invitation = new URL(await dialog.getByRole('textbox', { name: 'Link' }).inputValue())
  await dialog.getByRole('button', { name: 'Done' }).click()

  const ada = await arrive(look)
  await ada.signIn('Ada', invitation.pathname + invitation.search)
  await ada.page.getByRole('button', { name: 'Join as viewer' }).click()
  await ada.page.getByText('you are a viewer').waitFor()
  await goTo(ada.page, 'Tobias', /^Tobias Rook/)
  await heading(ada.page, 'Tobias Rook').waitFor()
  expect(await ada.page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0)
  const entry = ada.page.url()
  await page.goto(entry)
  await editField(page, 'Description', 'He counts the mules, and never gets them right.')
  await ada.page.getByText('He counts the mules, and never gets them right.').waitFor()

  await page.goto(`${world}/members`)
  await page.getByLabel(/^Role of Ada/).selectOption('Editor')
  await page.getByText('Changed.').waitFor()
  await page.goto(entry)
  await heading(page, 'Tobias Rook').waitFor()
  // Different paragraphs go together; of the same line, one is chosen.
  await editField(page, 'Body', 'First he counts.\n\nThen he counts again.')
  await ada.page.reload()
  await ada.page.getByText('Then he counts again.').waitFor()
  const connect = await cutOff(page)
  const writing = await beginEditing(page)
  await writing.getByRole('textbox', { name: 'Body' }).press('Control+End')
  await page.keyboard.type(' And gives up.')
  await writing.getByLabel('Description', { exact: true }).fill('He counts the mules.')
  await editField(ada.page, 'Body', 'First he counts, badly.\n\nThen he counts again.')
  await editField(ada.page, 'Description', 'He counts the letters.')
  await connect()
  const choice = page.getByRole('dialog', { name: 'Somebody else changed this too' })
  await choice.getByText('letters').first().waitFor()
  // The text is not asked about: it was merged.
  expect(await choice.getByRole('group').count()).toBe(1)
  await visitor.inspect('evening-conflict')
  await choice.getByRole('radio', { name: /^Theirs/ }).check()
  await choice.getByRole('button', { name: 'Save this version' }).click()
  await choice.waitFor({ state: 'detached' })
  await finishEditing(page)
  for (const each of [page, ada.page]) {
    await each.getByText('First he counts, badly.').waitFor()
    await each.getByText('Then he counts again. And gives up.').waitFor()
    await each.getByText('He counts the letters.').waitFor()
  }
}

/** The world as Markdown, and a world made of that. */
async function takeAlong(visitor: Visitor, world: string, name: string): Promise<void> {
  const { page } = visitor
  await page.goto(`${world}/settings`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as Markdown' }).click()
  const bytes = await readFile(await (await download).path())
  await page.goto('/worlds')
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(`${name} again`)
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'vault.zip', mimeType: 'application/zip', buffer: bytes })
  await heading(page, `${name} again`).waitFor()
  await goTo(page, 'Ines Cal', /^Ines Calder.*persona/i)
  await heading(page, 'Ines Calder').waitFor()
  await page.getByText('from 1860').waitFor()
  await goTo(page, 'My novel', /^My novel.*story/i)
  await heading(page, 'My novel').waitFor()
  await page.getByRole('link', { name: 'Read it through' }).click()
  await page.getByText('It was for her.').waitFor()
  await page.getByRole('link', { name: 'The Lamplighter' }).waitFor()
}

test.for(['desktop-light', 'phone-dark'] as const)(
  'a world, from a template to sharing it and taking it along: %s',
  { timeout: 300_000 },
  async (look, { task }) => {
    const visitor = await arrive(look)
    await visitor.signIn('Mira')
    // One of that name is there already if this is tried again.
    const name = `The Salt Road (${look}, ${task.result?.retryCount ?? 0})`
    const world = await beginNovel(visitor, name)
    await visitor.inspect('evening-world')
    await writePersonas(visitor, world)
    await drawMap(visitor, world, look)
    await writeStory(visitor)
    await moveScene(visitor)
    await giveDates(visitor)
    await link(visitor)
    await mendContradiction(visitor, world)
    await share(visitor, world, look)
    await takeAlong(visitor, world, name)
  },
)

test('the same by the keyboard alone', { timeout: 300_000 }, async ({ task }) => {
  const visitor = await arrive('desktop-dark')
  await visitor.signIn('Mira')
  const { page } = visitor
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const focused = () =>
    page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement
      const label = inner?.getAttribute('aria-label') ?? inner?.closest('label')?.textContent
      const labelled = inner instanceof HTMLInputElement ? inner.labels?.[0]?.textContent : undefined
      return (label || labelled || inner?.textContent || '').trim()
    })
  /** Goes on with Tab until something of that name has the focus. */
  const tabTo = async (name: string) => {
    const passed: string[] = []
    for (let step = 0; step < 80; step++) {
      const now = await focused()
      if (now.startsWith(name)) return
      passed.push(now)
      await press('Tab')
    }
    throw new Error(`Tab never came to ${name}, but to ${passed.join(', ')}`)
  }
  /** Runs what the palette finds first. */
  const run = async (text: string, name: string | RegExp) => {
    await press('Control+k')
    // Nothing of it is lost while the palette is still to come.
    await page.keyboard.type(text)
    await page.getByRole('option', { name, selected: true }).waitFor()
    await press('Enter')
  }

  // What is loaded after the page listens by then.
  await page.waitForLoadState('networkidle')
  await run('new world', 'New world')
  await expect.poll(focused).toBe('Name')
  const name = `Keys only ${task.result?.retryCount ?? 0}`
  await page.keyboard.type(name)
  await press('Tab', 'ArrowDown') // from “Nothing” to “A novel”
  expect(await focused()).toMatch(/^A novel/)
  await press('Enter')
  await heading(page, name).waitFor()
  const world = page.url()

  await run('the antag', /^The antagonist/)
  await heading(page, 'The antagonist').waitFor()
  await press('e')
  await page.getByRole('button', { name: 'Done' }).waitFor()
  await page.getByRole('textbox', { name: 'Body' }).waitFor()
  await page.keyboard.type('Wants the road, and whoever walks it. Knows @The ment')
  await page.getByRole('option', { name: /^The mentor/ }).waitFor()
  await page.waitForTimeout(100)
  await press('Enter')
  await page.getByText('The mentor').first().waitFor()
  await press('Escape')
  await page.getByRole('article').getByRole('link', { name: 'The mentor' }).first().waitFor()

  // A link, with its dialog.
  await tabTo('Add link')
  await press('Enter')
  await page.getByRole('dialog', { name: 'Add link' }).waitFor()
  await tabTo('How')
  await page.keyboard.type('owes a')
  await tabTo('With')
  await page.keyboard.type('The confid')
  await page.getByRole('option', { name: 'The confidant' }).waitFor()
  await press('ArrowDown', 'Enter', 'Control+Enter')
  const dialog = page.getByRole('dialog', { name: 'Add link' })
  if (await dialog.isVisible()) {
    await tabTo('Add link')
    await press('Enter')
  }
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('owes a debt to').waitFor()
  await press('Control+z')
  await page.getByText('owes a debt to').waitFor({ state: 'detached' })
  await press('Control+Shift+z')
  await page.getByText('owes a debt to').waitFor()

  // A scene to another act, on the board.
  await run('my novel', /^My novel/)
  await heading(page, 'My novel').waitFor()
  await tabTo('Board')
  await press('Enter')
  await page.locator('[data-scene]').filter({ hasText: 'An ordinary day' }).first().waitFor()
  await tabTo('An ordinary day')
  const moved = page.waitForResponse(/scene\.move/)
  await press('Alt+ArrowRight')
  expect((await moved).status()).toBe(200)
  expect(await focused()).toContain('An ordinary day')

  // Where it hangs together, as a list for whoever has no pointer.
  await run('connections', 'Connections')
  await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor()
  await tabTo('List')
  await press('Enter')
  await page.getByRole('main').getByText('owes a debt to').last().waitFor()

  // Somebody else is invited.
  await run('members', 'Members')
  await tabTo('Invite')
  await press('Enter')
  await page.getByRole('dialog').waitFor()
  await tabTo('How')
  await press('ArrowDown')
  await tabTo('Create link')
  await press('Enter')
  const invitation = await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).inputValue()
  expect(new URL(invitation).pathname).toBe('/join')
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(page.url().startsWith(world)).toBe(true)
})

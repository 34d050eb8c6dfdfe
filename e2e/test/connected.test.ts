import { describe, expect, test } from 'vitest'
import { editField } from '../src/editing.ts'
import { Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, browser } = await openWorldloom()

/** Mira, on the page of the demo world. */
async function atIronCoast() {
  const visitor = await Visitor.arrive(browser, worldloom.url)
  await visitor.signIn('Mira')
  await visitor.page.getByRole('link', { name: 'The Iron Coast' }).click()
  await visitor.page.getByRole('heading', { name: 'The Iron Coast', level: 1 }).waitFor()
  return { visitor, page: visitor.page, world: visitor.page.url() }
}

async function open(page: Visitor['page'], world: string, plural: string, name: string) {
  await page.goto(`${world}/${plural}?q=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

describe('a world that hangs together', () => {
  test('an entry is mentioned with @, by the keyboard alone, and one that is missing is created', async () => {
    const { page, world } = await atIronCoast()
    await open(page, world, 'things', 'The Brass Key')
    // Its key begins with the text.
    await page.keyboard.press('e')
    const body = page.getByRole('textbox', { name: 'Body' })
    await expect.poll(() => body.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.type('Given to @wern')
    // Found despite the typo.
    await page.getByRole('option', { name: /^Wren Halloran/ }).waitFor()
    // What has just appeared is not what Enter is meant for.
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    await expect.poll(() => body.textContent()).toMatch(/^Given to Wren Halloran\s*$/)
    await page.keyboard.type('by @The Locksmith')
    await page.getByRole('option', { name: 'Create persona “The Locksmith”' }).waitFor()
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    await expect.poll(() => body.textContent()).toContain('by The Locksmith')
    await page.keyboard.press('Escape')
    await body.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Edit')

    await page.getByRole('link', { name: 'The Locksmith' }).first().click()
    await page.getByRole('heading', { name: 'The Locksmith', level: 1 }).waitFor()
    await page.getByText('placeholder, still to be filled in').waitFor()
    await page.getByText('Given to Wren Halloran by The Locksmith').waitFor()
    await page.goto(world)
    await page.getByRole('heading', { name: 'Still to be filled in' }).waitFor()
    await page.getByRole('link', { name: 'The Locksmith' }).first().waitFor()
  })

  test('two entries are linked, which both of them show, and which can be undone', async () => {
    const { page, world } = await atIronCoast()
    await open(page, world, 'personas', 'Nell Tarrow')
    await page.getByRole('button', { name: 'Add link' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add link' })
    await dialog.getByLabel('How').selectOption({ label: 'student of' })
    await dialog.getByRole('combobox', { name: 'With' }).fill('Captain')
    await page.getByRole('option', { name: 'Captain Ysmay Roake' }).click()
    await dialog.getByLabel('Note').fill('In secret')
    await dialog.getByLabel('Since').fill('the spring of 412')
    await dialog.getByText('= Spring of 412 AR').waitFor()
    await dialog.getByRole('button', { name: 'Add link' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('from Spring of 412 AR').waitFor()
    await page.getByText('In secret').waitFor()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByText('from Spring of 412 AR').waitFor({ state: 'detached' })
  })

  test('what is added to a scene is there before it is saved, and is taken back if it cannot be', async () => {
    const { page, world } = await atIronCoast()
    await open(page, world, 'scenes', 'Nell buys a boat')
    const cast = page.getByRole('combobox', { name: 'Add a persona' })
    const remove = page.getByRole('button', { name: 'Remove Brother Anselm from the scene' })
    const add = async () => {
      await cast.fill('Brother')
      await page.getByRole('option', { name: 'Brother Anselm' }).click()
    }
    const held = Promise.withResolvers<void>()
    await page.route(/scene\.setCast/, async (route) => {
      await held.promise
      await route.continue()
    })
    await add()
    await remove.waitFor()
    held.resolve()
    await page.getByText('Saved.').waitFor()
    await page.unroute(/scene\.setCast/)
    await remove.click()
    await remove.waitFor({ state: 'detached' })
    await expect.poll(() => cast.isEnabled()).toBe(true)

    const cut = Promise.withResolvers<void>()
    await page.route(/scene\.setCast/, async (route) => {
      await cut.promise
      await route.abort()
    })
    await add()
    await remove.waitFor()
    cut.resolve()
    await remove.waitFor({ state: 'detached' })
    await page.getByText('Worldloom cannot be reached.').waitFor()
  })

  test('a contradiction is dismissed with a reason', async () => {
    const { page, world } = await atIronCoast()
    await page.goto(`${world}/continuity`)
    await page.getByText('Old Perrin is in the cast of').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).first().click()
    await page.getByLabel('Why it is none').fill('It is his ghost.')
    await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('heading', { name: 'Dismissed' }).waitFor()
    await page.getByText('It is his ghost.').waitFor()
    await page.getByRole('button', { name: 'Open again' }).click()
    await page.getByRole('heading', { name: 'Dismissed' }).waitFor({ state: 'detached' })
  })

  test('names in a text become mentions after they are shown', async () => {
    const { page, world } = await atIronCoast()
    await open(page, world, 'personas', 'Edda Vey')
    await editField(page, 'Body', 'She met Wren Halloran and Old Perrin in Harrowgate.')
    await page.getByRole('button', { name: 'Find names in these texts' }).click()
    await page.getByRole('checkbox', { name: 'Old Perrin (persona)' }).uncheck()
    await page.getByRole('button', { name: 'Make 2 mentions' }).click()
    await page.getByText('2 names are mentions now.').waitFor()
    await page.getByRole('article').getByRole('link', { name: 'Harrowgate' }).first().waitFor()
  })

  test('tags are made, given and filtered by', async () => {
    const { page, world } = await atIronCoast()
    await open(page, world, 'locations', 'The Teeth')
    await page.getByRole('button', { name: 'Add tags' }).click()
    await page.getByLabel('New tag').fill('Beyond')
    await page.getByRole('button', { name: 'Add tag' }).click()
    await page.getByRole('checkbox', { name: 'Beyond' }).waitFor({ state: 'attached' })
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('list', { name: 'Tags' }).getByText('Beyond').waitFor()
    await page.goto(`${world}/locations`)
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('button', { name: 'Add condition' }).click()
    await page.getByLabel('Field').selectOption('Tags')
    await page.getByRole('group', { name: 'Conditions' }).getByText('Beyond').click()
    await page.getByRole('link', { name: 'Harrowgate', exact: true }).waitFor({ state: 'detached' })
    expect(await page.getByRole('link', { name: 'The Teeth', exact: true }).count()).toBe(1)
  })
})

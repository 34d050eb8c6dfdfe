import { expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

test.each(devices)(
  'a list is looked at as table and cards, filtered, grouped and saved as a view: %s',
  async (look) => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira')
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
    await page.goto(`${page.url()}/scenes`)
    await page.getByRole('button', { name: 'Table' }).click()
    const table = page.getByRole('table')
    await table.getByRole('button', { name: 'Mood' }).click()
    await table.getByRole('columnheader', { name: 'Mood' }).waitFor()
    expect(await table.getByRole('columnheader', { name: 'Mood' }).getAttribute('aria-sort')).toBe('ascending')
    await page.getByRole('link', { name: 'The casting', exact: true }).waitFor()

    // By what is linked, in the words of the world.
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('button', { name: 'Add condition' }).click()
    await page.getByLabel('Field').selectOption('personaId')
    await page.getByRole('combobox', { name: 'Add to Cast' }).fill('Wren')
    await page.getByRole('option', { name: 'Wren Halloran' }).click()
    await page.getByText(/^\d scenes$/).waitFor()
    await page.getByLabel('Group').selectOption('locationId')
    const heading = page.getByRole('button', { name: /^The Ninth Light \d/ })
    await heading.waitFor()
    await visitor.inspect(`tables-${look}`)
    const rows = async () => Number(await table.getAttribute('aria-rowcount'))
    const before = await rows()
    await heading.click()
    await expect.poll(rows).toBeLessThan(before)

    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
    const name = `Wren by place, ${look}`
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await visitor.inspect(`tables-view-${look}`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name, exact: true }).waitFor()
    await page.getByRole('button', { name: 'Cards' }).click()
    await page.getByRole('listitem').first().waitFor()
    await visitor.inspect(`tables-cards-${look}`)
    await page.getByRole('button', { name: `${name} · changed` }).click()
    await page.getByRole('menuitem', { name: 'All scenes' }).click()
    await page.getByText('24 scenes').waitFor()
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('menuitem', { name }).click()
    await table.waitFor()
    expect(new URL(page.url()).searchParams.get('groupBy')).toBe('locationId')
  },
)

test('columns are made wider by pointer and keyboard, stay so, and are reset', async () => {
  const visitor = await arrive('desktop')
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  await page.goto(`${page.url()}/locations?layout=table`)
  const width = (name: string) =>
    page
      .getByRole('columnheader', { name: new RegExp(`^${name}`) })
      .evaluate((heading) => heading.getBoundingClientRect().width)
  const edge = page.getByRole('separator', { name: 'Width of Name' })
  await edge.waitFor()
  const [name, tags] = [await width('Name'), await width('Tags')]
  const box = await edge.boundingBox()
  if (!box) throw new Error('The edge is not to be seen')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 60, y, { steps: 5 })
  await page.mouse.up()
  expect(await width('Name')).toBeCloseTo(name + 60, -1)
  expect(await width('Tags')).toBeCloseTo(tags, -1)
  await page.keyboard.press('ArrowRight')
  expect(await width('Name')).toBeCloseTo(name + 76, -1)
  await visitor.inspect('tables-wider')
  await page.reload()
  await edge.waitFor()
  expect(await width('Name')).toBeCloseTo(name + 76, -1)
  await edge.focus()
  await page.keyboard.press('Home')
  expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(5)
  await edge.dblclick()
  expect(await width('Name')).toBeCloseTo(name, -1)
  expect(await width('Tags')).toBeCloseTo(tags, -1)
})

test('many are tagged, moved and deleted at once, and each is undone', async () => {
  const visitor = await arrive('desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  const world = page.url()
  await page.goto(`${world}/locations?layout=table&sort=name`)
  const table = page.getByRole('table')
  const select = async (name: string, modifiers: ('Shift' | 'Control')[] = []) =>
    await table.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click({ modifiers })
  const undo = async () => {
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByText(/^Undone/).waitFor()
  }
  const names = async () =>
    await table.getByRole('rowheader').or(table.locator('tbody tr td:nth-child(2)')).allInnerTexts()
  await table.getByRole('checkbox', { name: 'Select Harrowgate', exact: true }).waitFor()
  const all = (await names()).filter(Boolean)
  const [first = '', , third = ''] = all
  await select(first)
  await select(third, ['Shift'])
  await page.getByText('3 selected').waitFor()

  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByLabel('New tag').fill('Charted')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Charted' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Tagged 3 locations.').waitFor()
  await expect.poll(async () => await table.getByText('Charted').count()).toBe(3)
  await undo()
  await expect.poll(async () => await table.getByText('Charted').count()).toBe(0)

  await select(first)
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('button', { name: 'Move to trash' }).click()
  await page.getByText(/^1 location is in the trash/).waitFor()
  await expect.poll(async () => (await names()).includes(first)).toBe(false)
  await undo()
  await expect.poll(async () => (await names()).includes(first)).toBe(true)

  await page.goto(`${world}/scenes?layout=table&sort=name`)
  await select('A page is burnt')
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await page.getByRole('combobox', { name: 'Act' }).fill('Bronze')
  await page.getByRole('option', { name: 'Bronze' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click()
  await page.getByText('Moved 1 scene.').waitFor()
  await expect
    .poll(
      async () =>
        await table
          .getByRole('row', { name: /A page is burnt/ })
          .getByText('Bronze')
          .count(),
    )
    .toBe(1)
  await undo()
})

test('what is tagged or deleted is seen at once, and taken back with the reason if it fails', async () => {
  const visitor = await arrive('desktop')
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  await page.goto(`${page.url()}/scenes?layout=table&sort=name&groupBy=locationId`)
  const table = page.getByRole('table')
  const row = table.getByRole('row', { name: /A page is burnt/ })
  const keepers = row.getByText('Keepers')
  const rows = async () => Number(await table.getAttribute('aria-rowcount'))
  /** Holds what is asked of the server, and then refuses it. */
  const refuse = async (path: RegExp) => {
    const held = Promise.withResolvers<void>()
    await page.route(path, async (route) => {
      await held.promise
      await route.fulfill({ status: 503, contentType: 'application/json', body: '{}' })
    })
    return async () => {
      held.resolve()
      await page.getByText('1 selected').waitFor()
      await page.unroute(path)
    }
  }
  await table.getByRole('checkbox', { name: 'Select A page is burnt' }).click()
  const before = await rows()
  expect(await keepers.count()).toBe(0)

  const refuseTag = await refuse(/bulk\.tag/)
  await page.getByRole('button', { name: 'Tag', exact: true }).click()
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Keepers' }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await keepers.waitFor()
  await refuseTag()
  await keepers.waitFor({ state: 'detached' })

  const refuseDelete = await refuse(/bulk\.delete/)
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('button', { name: 'Move to trash' }).click()
  await row.waitFor({ state: 'detached' })
  expect(await rows()).toBeLessThan(before)
  await refuseDelete()
  await row.waitFor()
  expect(await rows()).toBe(before)
  expect(await table.getByRole('checkbox', { name: 'Select A page is burnt' }).isChecked()).toBe(true)
  await visitor.inspect('tables-taken-back')
})

test('the arrow keys go through a table, and a cover is chosen for an entry', async () => {
  const visitor = await arrive('desktop')
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  const world = page.url()
  await page.goto(`${world}/personas?layout=table&sort=name`)
  await page.getByRole('link', { name: 'Brother Anselm', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  const focused = async () => await page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe('Captain Ysmay Roake')
  await page.keyboard.press('ArrowUp')
  await expect.poll(focused).toBe('Brother Anselm')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add cover' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Map of the Iron Coast' }).click()
  await page.getByText('The cover is set.').waitFor()
  await page.getByRole('img', { name: 'Cover of Brother Anselm' }).waitFor()
  await visitor.inspect('cover')
  await page.goto(`${world}/personas?layout=list&sort=name`)
  const picture = page.getByRole('listitem').filter({ hasText: 'Brother Anselm' }).locator('img')
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await visitor.inspect('list-with-cover')
})

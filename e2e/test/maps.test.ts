import { expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

async function openMap({ page }: Awaited<ReturnType<typeof arrive>>): Promise<string> {
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  const world = page.url()
  await page.goto(`${world}/maps`)
  await page.getByText(/^The Iron Shore · \d markers$/).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'The Iron Coast', exact: true }).last().click()
  await page.getByRole('button', { name: 'Harrowgate', exact: true }).waitFor()
  return world
}

test.each(devices)('maps, a map, what is on it, and the map inside of it: %s', async (look) => {
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Theo')
  const world = await openMap(visitor)
  await page.getByRole('button', { name: 'The Ninth Light', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Go into it' }).waitFor()
  await visitor.inspect('map')
  await page.getByRole('link', { name: 'Go into it' }).click()
  await page.getByRole('heading', { level: 1, name: 'The steps of the Ninth Light' }).waitFor()
  await page.goBack()
  await page.getByLabel('Dangers').click()
  await page.getByRole('button', { name: 'The Teeth', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await page.getByRole('link', { name: 'Harrowgate', exact: true }).waitFor()
  await visitor.inspect('map-list')
  await page.goto(`${world}/maps`)
  await page.getByText(/^The Iron Shore · \d markers$/).waitFor()
  await visitor.inspect('maps')
})

test('a pin and an area are put on a map, moved and undone; an entry leads to its pin', async () => {
  const visitor = await arrive('desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  await openMap(visitor)
  const picture = page.getByRole('group', { name: /^The Iron Coast: / })

  await page.getByRole('button', { name: 'Add a pin' }).click()
  await picture.click({ position: { x: 700, y: 200 } })
  await page.getByRole('combobox', { name: 'Entry' }).fill('Drowned Chap')
  await page.getByRole('option', { name: /The Drowned Chapel/ }).click()
  await visitor.inspect('map-pin')
  await page.getByRole('button', { name: 'Add the pin' }).click()
  const pin = page.getByRole('button', { name: 'The Drowned Chapel', exact: true })
  await pin.waitFor()

  const placeOf = async () => await pin.getAttribute('transform')
  const before = await placeOf()
  const { x = 0, y = 0 } = (await pin.boundingBox()) ?? {}
  const saved = page.waitForResponse(/marker\.update/)
  await page.mouse.move(x + 10, y + 10)
  await page.mouse.down()
  await page.mouse.move(x + 60, y + 40, { steps: 5 })
  await page.mouse.up()
  expect((await saved).status()).toBe(200)
  await expect.poll(placeOf).not.toBe(before)
  await page.getByText('Moved.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(placeOf).toBe(before)
  // By the keyboard as well.
  await pin.focus()
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(placeOf).not.toBe(before)

  await page.getByRole('button', { name: 'Add an area' }).click()
  for (const [dx, dy] of [
    [300, 350],
    [400, 350],
    [350, 450],
  ] as const) {
    await picture.click({ position: { x: dx, y: dy } })
  }
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByLabel('Label').fill('The old fields')
  await page.getByTitle('Green').click()
  await page.getByRole('button', { name: 'Add the area' }).click()
  await page.getByRole('button', { name: 'The old fields', exact: true }).waitFor()

  await page.getByRole('button', { name: 'Measure' }).click()
  await picture.click({ position: { x: 100, y: 500 } })
  await picture.click({ position: { x: 500, y: 500 } })
  await page.getByText(/^\d+(\.\d+)? miles$/).waitFor()
  await page.getByRole('button', { name: 'Measure' }).click()

  await pin.click()
  await page.getByRole('link', { name: 'The Drowned Chapel' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Drowned Chapel' }).waitFor()
  await page.getByRole('link', { name: 'On the map “The Iron Coast”' }).click()
  await page.getByRole('region', { name: 'The Drowned Chapel' }).waitFor()
})

test('a map is made of an uploaded image, with layers, and saved as a picture', async () => {
  const visitor = await arrive('desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  const world = await openMap(visitor)
  const upload = await page.screenshot()
  await page.goto(`${world}/maps`)
  await page.getByRole('button', { name: 'New map' }).click()
  await visitor.inspect('map-new')
  await page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name: 'Harbour.png', mimeType: 'image/png', buffer: upload })
  await expect.poll(() => page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Harbour')
  await page.getByRole('img', { name: 'What the map is drawn on' }).waitFor()
  await page.getByRole('button', { name: 'Create map' }).click()
  await page.getByRole('heading', { level: 1, name: 'Harbour' }).waitFor()
  await page.getByRole('button', { name: 'Add layers' }).click()
  await page.getByRole('button', { name: 'Add layer', exact: true }).click()
  await page.getByLabel('Layer 1').fill('Only for me')
  await visitor.inspect('map-layers')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Only for me' }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PNG' }).click()
  expect((await download).suggestedFilename()).toBe('Harbour.png')
  await page.getByRole('button', { name: 'Edit map' }).click()
  await page.getByRole('button', { name: 'Delete map' }).click()
  await page.getByText('The map “Harbour” is deleted.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByRole('link', { name: 'Harbour', exact: true }).waitFor()
})

import { readFileSync } from 'node:fs'
import type { Download, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

async function atIronCoast(visitor: Visitor): Promise<string> {
  await visitor.signIn('Mira')
  await visitor.page.getByRole('link', { name: 'The Iron Coast' }).click()
  await visitor.page.getByRole('heading', { name: 'The Iron Coast', level: 1 }).waitFor()
  return visitor.page.url()
}

/** Presses the canvas wherever it says that there is something to press, from the given corner on. @returns what was selected */
async function pressNode(page: Page, from: 'start' | 'end'): Promise<string> {
  const canvas = page.locator('canvas')
  await canvas.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const box = await canvas.boundingBox()
  if (!box) throw new Error('there is no picture')
  const points = []
  for (let y = 40; y < Math.min(box.height - 70, 880 - box.y); y += 12)
    for (let x = 40; x < box.width - 40; x += 12) points.push([x, y] as const)
  for (const [x, y] of from === 'start' ? points : points.toReversed()) {
    await page.mouse.move(box.x + x, box.y + y)
    if (!(await canvas.evaluate((element) => element.style.cursor === 'pointer'))) continue
    await page.mouse.click(box.x + x, box.y + y)
    return (
      (await page.getByRole('complementary', { name: 'What is selected' }).getByRole('link').first().textContent()) ??
      ''
    )
  }
  throw new Error('nothing in the picture can be pressed')
}

const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8')

test('the graph is pressed, filtered, and saved as it is seen', async () => {
  const visitor = await arrive()
  const { page } = visitor
  const world = await atIronCoast(visitor)
  // Around somebody, so that a path leads from each to each.
  await page.goto(`${world}/personas`)
  await page.getByRole('link', { name: 'Wren Halloran' }).click()
  await page.getByRole('heading', { level: 1, name: 'Wren Halloran' }).waitFor()
  const id = page.url().split('/').at(-1)
  await page.goto(`${world}/graph?around=${id}`)
  await page.locator('canvas').waitFor()
  // Until it has come to rest.
  await page.waitForTimeout(3000)
  const first = await pressNode(page, 'start')
  await page.getByRole('button', { name: 'Path from here' }).click()
  await page.getByText('to where? Press another entry.').waitFor()
  const last = await pressNode(page, 'end')
  const selected = page.getByRole('complementary', { name: 'What is selected' })
  await selected.getByText(/^\d+ steps?$/).waitFor()
  const steps = await selected.getByRole('listitem').allTextContents()
  expect(steps[0]).toBe(first)
  expect(steps).toContain(last)
  await page.getByRole('button', { name: 'End the path' }).click()

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as SVG' }).click()
  const svg = await textOf(await saving)
  expect(svg).toMatch(/^<svg /)
  expect(svg).toContain('Wren Halloran')
  expect(
    await page.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent,
      svg,
    ),
  ).toBeUndefined()
  const drawing = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PNG' }).click()
  expect(
    readFileSync(await (await drawing).path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')

  await page.goto(`${world}/graph`)
  await page.getByLabel('Connected by').selectOption({ label: 'teacher of' })
  await page.getByRole('img', { name: /^\d+ entries and [1-9] connections/ }).waitFor()
  await page.getByLabel('Connected by').selectOption({ label: 'Anything' })
  await page.getByLabel('Tag').selectOption({ label: 'Keepers' })
  await page.getByRole('img', { name: /^4 entries/ }).waitFor()
  await page.getByLabel('Tag').selectOption({ label: 'All tags' })
  for (const kind of ['Stories', 'Books', 'Acts', 'Scenes', 'Locations', 'Things', 'Images']) {
    await page.getByRole('checkbox', { name: kind }).uncheck({ force: true })
  }
  await page.getByRole('img', { name: /^1[67] entries/ }).waitFor()
  // The address says all of it, and the list shows the same.
  await page.getByRole('button', { name: 'List', exact: true }).click()
  await page.reload()
  const main = page.getByRole('main')
  await main.getByRole('link', { name: 'Wren Halloran' }).first().waitFor()
  expect(await main.getByRole('link', { name: 'Harrowgate', exact: true }).count()).toBe(0)
})

test.each(devices)('the graph has no faults: %s', async (device) => {
  const visitor = await arrive(`${device}-light`)
  const { page } = visitor
  const world = await atIronCoast(visitor)
  await page.goto(`${world}/graph`)
  await page.locator('canvas').waitFor()
  await page.waitForTimeout(3000)
  expect(await visitor.faultsByScheme('graph')).toEqual({ light: [], dark: [] })
})

test('the timeline is zoomed, has lanes, and a scene is dragged to another date', async () => {
  const visitor = await arrive()
  const { page } = visitor
  const world = await atIronCoast(visitor)
  await page.goto(`${world}/timeline`)
  const scene = page.getByRole('link', { name: /^The casting, .* in Scenes$/ })
  await scene.waitFor()
  const before = await scene.getAttribute('aria-label')
  // Lives are bars, and say when they began and ended.
  await page.getByRole('link', { name: /^Tomas Halloran, .* in Personas$/ }).waitFor()
  const labels = async () => (await page.locator('svg[role=group] > g > text').allTextContents()).join()
  const years = await labels()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(labels).not.toBe(years)
  await page.getByRole('button', { name: 'Show all of it' }).click()
  await expect.poll(labels).toContain('100 AR')

  // From where it begins.
  await page.reload()
  await expect.poll(labels).toContain('400 AR')
  const box = await scene.locator('rect').boundingBox()
  if (!box) throw new Error('the scene is not there')
  await page.mouse.move(box.x + 4, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(box.x + 120, box.y + 8, { steps: 5 })
  await page.mouse.up()
  await page
    .getByRole('status')
    .filter({ hasText: /^The casting: / })
    .waitFor()
  await expect.poll(() => scene.getAttribute('aria-label')).not.toBe(before)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => scene.getAttribute('aria-label')).toBe(before)

  await page.getByLabel('Lanes').selectOption({ label: 'Personas' })
  await page.getByRole('link', { name: /^The casting, .* in Bastian Oar$/ }).waitFor()
  await page.getByLabel('Lanes').selectOption({ label: 'Stories' })
  await page.getByRole('link', { name: /^The bell rings early, .* in The Night the Ninth Went Dark$/ }).waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as SVG' }).click()
  expect(await textOf(await saving)).toContain('The bell rings early')

  // By the keyboard alone.
  await page.getByLabel('Lanes').selectOption({ label: 'Kinds' })
  await scene.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'The casting' }).waitFor()
})

test.each(devices)('the timeline has no faults: %s', async (device) => {
  const visitor = await arrive(`${device}-light`)
  const { page } = visitor
  const world = await atIronCoast(visitor)
  await page.goto(`${world}/timeline`)
  await page.getByRole('link', { name: /^The casting, / }).waitFor()
  expect(await visitor.faultsByScheme('timeline')).toEqual({ light: [], dark: [] })
})

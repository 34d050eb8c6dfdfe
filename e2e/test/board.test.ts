import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

/** The scenes on the board, by act. */
async function scenes(page: Page): Promise<string[][]> {
  return await page
    .locator('main ol > li:has(> ol)')
    .evaluateAll((acts) =>
      acts.map((act) => [...act.querySelectorAll('[data-scene] a')].map((link) => link.textContent ?? '')),
    )
}

async function openBoard(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  await page.goto(`${page.url()}/stories`)
  await page.getByRole('main').getByRole('link', { name: 'The Night the Ninth Went Dark' }).click()
  await page.getByRole('link', { name: 'Board', exact: true }).click()
  // The outline before it has the same scenes.
  await page.locator('[data-scene]').filter({ hasText: 'The bell rings early' }).waitFor()
}

test.each(devices)('a story as a board and as a corkboard: %s', async (look) => {
  const visitor = await arrive(look)
  const { page } = visitor
  await visitor.signIn('Theo')
  await openBoard(page)
  await page.getByText('1 Longmoon 412 AR').waitFor()
  await visitor.inspect('board')
  await page.getByRole('link', { name: 'Corkboard' }).click()
  await page.getByText('Corkboard', { exact: true }).first().waitFor()
  await visitor.inspect('corkboard')
})

test('scenes are moved by keyboard alone, one or several at once, and that is undone as one', async () => {
  const visitor = await arrive('desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  await openBoard(page)
  const before = await scenes(page)
  const [first = [], second = [], third = []] = before
  const sent = page.waitForResponse(/scene\.move/)
  await page.getByRole('link', { name: first[1] ?? '' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(first[0])
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => scenes(page)).toEqual([[first[1], first[0], ...first.slice(2)], second, third])
  await sent
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => scenes(page)).toEqual(before)

  await page.getByRole('link', { name: first[0] ?? '', exact: true }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.getByText('2 scenes selected').waitFor()
  await visitor.inspect('board-selected')
  const moved = page.waitForResponse(/bulk\.move/)
  await page.keyboard.press('Alt+ArrowRight')
  const left = first.filter((_, index) => index !== 0 && index !== 2)
  await expect.poll(() => scenes(page)).toEqual([left, [first[0], first[2], ...second], third])
  expect((await moved).status()).toBe(200)
  await page.getByText('Moved.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => scenes(page)).toEqual(before)
})

test('scenes are dragged into another act, and acts among each other', async () => {
  const visitor = await arrive('desktop-light')
  const { page } = visitor
  await visitor.signIn('Mira')
  await openBoard(page)
  const before = await scenes(page)
  const [first = [], second = [], third = []] = before
  const card = (name: string) => page.locator('[data-scene]').filter({ hasText: name })
  await card(first[0] ?? '').click({ modifiers: ['Control'], position: { x: 40, y: 70 } })
  await card(first[1] ?? '').click({ modifiers: ['Control'], position: { x: 40, y: 70 } })
  await page.getByText('2 scenes selected').waitFor()
  await card(first[0] ?? '').dragTo(card(third[0] ?? ''), {
    sourcePosition: { x: 40, y: 70 },
    targetPosition: { x: 60, y: 4 },
  })
  await expect.poll(() => scenes(page)).toEqual([first.slice(2), second, [first[0], first[1], ...third]])
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => scenes(page)).toEqual(before)
  await page
    .getByRole('button', { name: 'Move High Water' })
    .dragTo(page.locator('main ol > li:has(> ol)').first(), { targetPosition: { x: 4, y: 200 } })
  await expect.poll(() => scenes(page)).toEqual([third, first, second])
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => scenes(page)).toEqual(before)
})

import { expect, test } from 'vitest'
import { looks } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()
const titles = [
  'A world at a glance',
  'Lists, as you need them',
  'Writing happens on the page',
  'A story on its board',
  'When it happens',
  'How it all hangs together',
  'Maps',
  'Everything from the keyboard',
]

test.each(looks)('whoever is here for the first time is shown around, step by step (%s)', async (look) => {
  const visitor = await arrive(look)
  await visitor.signIn('Mira')
  const { page } = visitor
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('button', { name: 'Take the tour' }).click()
  const tour = (name: string) => page.getByRole('region', { name, exact: true })
  for (const [index, title] of titles.entries()) {
    await tour(title).waitFor()
    await tour(title)
      .getByText(`Step ${index + 1} of ${titles.length}`)
      .waitFor()
    // Whoever uses a screen reader is told where they are.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(title)
    if (index === 1 || index === 3) await visitor.inspect(`tour-${index + 1}`)
    if (index < titles.length - 1) await tour(title).getByRole('button', { name: 'Next' }).click()
  }
  await page.getByRole('button', { name: 'End the tour' }).click()
  // It is not offered again.
  await page.reload()
  await page.getByText('Still to be filled in').waitFor()
  expect(await page.getByRole('button', { name: 'Take the tour' }).count()).toBe(0)
})

test('it can be left at any time, and taken again from the palette, by the keyboard alone', async () => {
  const visitor = await arrive()
  await visitor.signIn('Theo')
  const { page } = visitor
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.getByRole('button', { name: 'Take the tour' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to, create or run anything' }).waitFor()
  await page.keyboard.type('take the tour')
  await page.getByRole('option', { name: /Take the tour/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: 'A world at a glance' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('region', { name: 'A world at a glance' }).waitFor({ state: 'detached' })
})

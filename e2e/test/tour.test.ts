import { expect, test } from 'vitest'
import { devices } from '../src/visitor.ts'
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

test.each(devices)('whoever is here for the first time is shown around, step by step (%s)', async (look) => {
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

test.each(devices)('who has no world yet is shown around an example of their own: %s', async (device) => {
  const visitor = await arrive(`${device}-light`)
  const { page } = visitor
  await page.goto('/sign-up')
  await page.getByLabel('First name').fill('Nell')
  await page.getByLabel('Last name').fill('Quick')
  await page.getByLabel('E-mail').fill(`nell-${device}@example.com`)
  await page.getByLabel('Password').fill('a salt road at night')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('No worlds yet').waitFor()
  expect(await visitor.faultsByScheme('no-worlds')).toEqual({ light: [], dark: [] })
  await page.getByRole('button', { name: 'Look around an example' }).click()
  await page.getByRole('region', { name: 'A world at a glance' }).waitFor()
  await page.getByRole('heading', { level: 1, name: 'The Iron Coast' }).waitFor()
  await page.getByRole('button', { name: 'Leave the tour' }).click()
  // It is theirs: with everything in it, also the pictures.
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor()
  await page.goto(`${page.url()}/maps`)
  await page.getByText(/^The Iron Shore · \d markers$/).waitFor()
  // Once there is one, the palette leads to it.
  await page.goto('/worlds')
  await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
  await page.getByRole('button', { name: 'Go to…' }).click()
  await page.getByRole('combobox', { name: 'Go to, create or run anything' }).fill('tour')
  await page.getByRole('option', { name: /^Take the tour/ }).click()
  await page.getByRole('region', { name: 'A world at a glance' }).waitFor()
})

import { expect, test } from 'vitest'
import { beginEditing, cutOff, finishEditing } from '../src/editing.ts'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { arrive } = await openWorldloom()

/** The page of a new persona in a world of its own. */
async function atNewPersona(visitor: Visitor, world: string, name: string) {
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('button', { name: 'New world' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(world)
  await page.getByRole('button', { name: 'Create world' }).click()
  await page.getByRole('heading', { level: 1, name: world }).waitFor()
  await page.goto(`${page.url()}/personas`)
  await page.getByRole('button', { name: 'New persona' }).first().click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

const bodyOf = (page: Visitor['page']) => page.getByRole('textbox', { name: 'Body' })

test('a text is written, formatted, searched and replaced, and kept as it was typed', async () => {
  const page = await atNewPersona(await arrive(), 'Typed', 'Typist')
  await page.keyboard.press('e')
  await expect.poll(() => bodyOf(page).evaluate((element) => element.matches(':focus'))).toBe(true)
  await page.keyboard.type('A keeper of lights.')
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+Shift+ArrowRight')
  await page.keyboard.press('Control+b')
  await page.getByText('4 words').waitFor()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Heading' }).click()
  await page.keyboard.type('Lights')
  await page.getByText('Saved', { exact: true }).first().waitFor()

  await page.keyboard.press('Control+f')
  await page.getByPlaceholder('Find').fill('ights')
  await page.getByPlaceholder('Replace').fill('amps')
  await page.getByRole('button', { name: 'replace all' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => bodyOf(page).textContent()).toContain('keeper of lamps.')

  // With nothing else, and back.
  await page.getByRole('button', { name: 'Only the text' }).click()
  await page.getByRole('button', { name: 'Back to the page' }).waitFor()
  // Not selected any more, which Escape would end first.
  await page.keyboard.press('End')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Only the text' }).waitFor()

  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 2, name: 'Lamps' }).waitFor()
  expect(await page.locator('.prose strong').textContent()).toBe('A')
  // All of it is undone at once.
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByRole('heading', { level: 2, name: 'Lamps' }).waitFor({ state: 'detached' })
  expect(await page.locator('.prose').count()).toBe(0)
})

test('where a text is pressed, it is written on there', async () => {
  const page = await atNewPersona(await arrive(), 'Pressed', 'Pressed')
  await (await beginEditing(page)).getByRole('textbox', { name: 'Body' }).fill('First words.\n\nSecond words.')
  await finishEditing(page)
  await page.getByText('First words.').click()
  await expect.poll(() => bodyOf(page).evaluate((element) => element.matches(':focus'))).toBe(true)
  await page.keyboard.press('End')
  await page.keyboard.type(' And more.')
  await page.keyboard.press('Escape')
  await page.getByText('First words. And more.').waitFor()
})

test('what two write into different paragraphs goes together', async () => {
  const visitor = await arrive()
  const page = await atNewPersona(visitor, 'Together', 'Shared')
  await (await beginEditing(page)).getByRole('textbox', { name: 'Body' }).fill('One.\n\nTwo.\n\nThree.')
  await finishEditing(page)
  const other = await visitor.openTab(page.url())
  const reconnect = await cutOff(other)
  await beginEditing(other)
  await bodyOf(other).press('Control+End')
  await other.keyboard.type(' Written apart.')
  await other.getByText('Kept in this browser until it can.').waitFor()
  await beginEditing(page)
  await bodyOf(page).press('Control+Home')
  await page.keyboard.type('Meanwhile. ')
  await finishEditing(page)
  await expect.poll(() => bodyOf(other).textContent()).toContain('Meanwhile. One.')
  await reconnect()
  await page.getByText('Three. Written apart.').waitFor()
  await page.getByText('Meanwhile. One.').waitFor()
  await finishEditing(other)
})

test('what was written without a connection outlives the tab, and is sent from another page', async () => {
  const visitor = await arrive()
  const page = await atNewPersona(visitor, 'Offline', 'Away')
  const address = page.url()
  const tab = await visitor.openTab(address)
  await cutOff(tab)
  await (await beginEditing(tab)).getByLabel('Description', { exact: true }).fill('Written at sea.')
  await tab.getByText('Kept in this browser until it can.').waitFor()
  // While that tab is open, what it wrote is its own to send.
  await visitor.context.setOffline(true)
  await page.getByText('You are offline.').waitFor()
  await visitor.context.setOffline(false)
  await page.getByText('You are offline.').waitFor({ state: 'hidden' })
  await tab.close()
  await page.getByText('What you wrote before is saved now.').waitFor()
  await page.getByText('Written at sea.').waitFor()
})

test('an image that is dropped is uploaded and shown in the text', async () => {
  const page = await atNewPersona(await arrive(), 'Pictured', 'Portrayed')
  await page.keyboard.press('e')
  await bodyOf(page).waitFor()
  const image = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 40 } })
  await bodyOf(page).evaluate((element, bytes) => {
    const data = new DataTransfer()
    data.items.add(
      new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], 'At sea.png', { type: 'image/png' }),
    )
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
    )
  }, image.toString('base64'))
  await page.getByText('At sea.png is uploaded.').waitFor()
  await page.getByRole('img', { name: 'At sea' }).waitFor()
  await bodyOf(page).press('Escape')
  const shown = page.locator('.prose img')
  await shown.waitFor()
  await expect.poll(() => shown.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0)
})

test.each(devices)('a story is read through, and a scene written where it is read: %s', async (device) => {
  const visitor = await arrive(`${device}-light`)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.goto(`${page.url()}/stories`)
  await page.getByRole('link', { name: 'The Night the Ninth Went Dark' }).click()
  await page.getByRole('link', { name: 'Read it through' }).click()
  await page.getByText('It was not the tide.').waitFor()
  expect(await visitor.faultsByScheme('story-text')).toEqual({ light: [], dark: [] })
  await page.getByRole('button', { name: 'Write Nell buys a boat' }).click()
  const text = page.getByRole('textbox', { name: 'Nell buys a boat' })
  await expect.poll(() => text.evaluate((element) => element.matches(':focus'))).toBe(true)
  await page.keyboard.type(`Seen as ${device}. `)
  expect(await visitor.faultsByScheme('story-writing')).toEqual({ light: [], dark: [] })
  await page.keyboard.press('Escape')
  await text.waitFor({ state: 'detached' })
  await page.getByText(`Seen as ${device}.`).waitFor()
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Write Nell buys a boat')
})

test.each(devices)('while it is written, a page has no faults: %s', async (device) => {
  const visitor = await arrive(`${device}-light`)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.goto(`${page.url()}/personas`)
  await page.getByRole('link', { name: 'Wren Halloran' }).click()
  await beginEditing(page)
  await bodyOf(page).press('Control+End')
  await page.keyboard.type(' @tom')
  await page.getByRole('option', { name: 'Tomas Halloran' }).waitFor()
  expect(await visitor.faultsByScheme('writing')).toEqual({ light: [], dark: [] })
  await page.getByRole('button', { name: 'Only the text' }).click()
  expect(await visitor.faultsByScheme('writing-alone')).toEqual({ light: [], dark: [] })
  await page.getByRole('button', { name: 'Back to the page' }).click()
  await finishEditing(page)
})

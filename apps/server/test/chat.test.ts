import { readError, type RouterInputs, type RouterOutputs } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, calls, type ModelEndpoint, says, startModelEndpoint } from '../src/testing/index.ts'
import type { Browser } from './browser.ts'
import { startTestWorldloom } from './worldloom.ts'

type Conversation = RouterOutputs['conversation']['byId']
type Message = Conversation['messages'][number]

const endpoint: ModelEndpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const settings = {
  OPENAI_MODEL: 'test-model',
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: endpoint.url,
  CHAT_SILENCE_TIMEOUT: '2s',
  CHAT_ANSWER_TOKENS: '500',
  CHAT_CONTEXT_TOKENS: '2500',
}
const worldloom = await startTestWorldloom(settings)
/** A second process on the same database. */
const other = await startTestWorldloom({ ...settings, DATABASE_URL: worldloom.database.url })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)
const ada = await worldloom.signIn('ada')
const mira = await worldloom.signIn('mira')

let worldId = ''
beforeAll(async () => {
  worldId = (await ada.client.world.create.mutate({ name: 'The Iron Shore' })).id
})
beforeEach(async () => {
  endpoint.answer(says('Hello.'))
  await db.deleteFrom('chatUsage').execute()
})

async function converse(person: Browser, about?: string) {
  return (await person.client.conversation.create.mutate(about ? { worldId: about } : {})).id
}

/** Sends something and waits for the end of the answer. */
async function ask(person: Browser, conversationId: string, text: string, more: Partial<RouterInputs['chat']['send']> = {}) {
  const events = []
  for await (const event of await person.client.chat.send.mutate({ conversationId, text, ...more })) events.push(event)
  const conversation = await person.client.conversation.byId.query({ id: conversationId })
  const answer = conversation.messages.find(({ id }) => id === conversation.headId)
  if (!answer) throw new Error('there is no answer')
  return { events, conversation, answer }
}

function textOf(message: Message | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}

async function refusal(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    return readError(error)
  }
  throw new Error('it was answered')
}

describe('an answer', () => {
  test('comes bit by bit, is stored with what it took, and the conversation gets a title', async () => {
    endpoint.answer(says('The lighthouse stands on a **cliff**. 🌊 Überall Wind.'))
    const id = await converse(ada)
    const { events, answer, conversation } = await ask(ada, id, 'Where is the lighthouse?')
    expect(events.filter(({ type }) => type === 'delta').length).toBeGreaterThan(0)
    expect(textOf(answer)).toBe('The lighthouse stands on a **cliff**. 🌊 Überall Wind.')
    expect(answer).toMatchObject({
      status: 'complete',
      failure: null,
      model: 'test-model',
      finishReason: 'stop',
      inputTokens: 100,
      outputTokens: 10,
      tokensEstimated: false,
    })
    expect(conversation.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
    await expect.poll(async () => (await ada.client.conversation.byId.query({ id })).title).toBe('A title')
    expect((await ada.client.chat.status.query()).usage).toMatchObject({ requests: 1, tokens: 134 })
  })
})

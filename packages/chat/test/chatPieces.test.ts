import { branchTo, type Message, type MessagePart } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { cleanJson, cleanText } from '../src/cleanText.ts'
import { frameOf } from '../src/gatherWords.ts'
import { estimateTokens, historyOf } from '../src/history.ts'
import { configuredModel, endpointOf, missingSettings } from '../src/model.ts'

describe('settings of a model', () => {
  test('say what is missing; a local endpoint needs no key', () => {
    expect(missingSettings({})).toEqual(['OPENAI_MODEL', 'OPENAI_API_KEY'])
    expect(missingSettings({ OPENAI_API_KEY: 'sk' })).toEqual(['OPENAI_MODEL'])
    expect(missingSettings({ OPENAI_MODEL: 'm', OPENAI_BASE_URL: 'http://localhost:11434/v1' })).toEqual([])
    expect(configuredModel({ OPENAI_BASE_URL: 'http://localhost:11434/v1' })).toBeUndefined()
    expect(configuredModel({ OPENAI_MODEL: 'm', OPENAI_API_KEY: 'sk' })).toMatchObject({ host: 'api.openai.com' })
  })

  test('keep the query of an address, and ask for the limit by the name that the endpoint takes', () => {
    const renamed = (settings: Parameters<typeof endpointOf>[0]) =>
      endpointOf(settings).transformRequestBody?.({ model: 'm', max_tokens: 5 })
    const azure = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://x.openai.azure.com/openai/v1/?api-version=preview' }
    expect(endpointOf(azure)).toMatchObject({
      baseURL: 'https://x.openai.azure.com/openai/v1',
      queryParams: { 'api-version': 'preview' },
      headers: { 'api-key': 'k' },
    })
    expect(renamed(azure)).toEqual({ model: 'm', max_completion_tokens: 5 })
    expect(renamed({ OPENAI_API_KEY: 'k' })).toEqual({ model: 'm', max_completion_tokens: 5 })
    expect(renamed({ OPENAI_BASE_URL: 'http://localhost:11434/v1' })).toBeUndefined()
    // A similar host name belongs to somebody else.
    expect(
      endpointOf({ OPENAI_BASE_URL: 'https://azure.com.example.org/v1', OPENAI_API_KEY: 'k' }).headers,
    ).toBeUndefined()
  })
})

let count = 0
function message(role: 'user' | 'assistant', parts: MessagePart[], parentId: string | null = null): Message {
  return {
    id: `m${count++}`,
    parentId,
    role,
    parts,
    status: 'complete',
    seq: 0,
    failure: null,
    model: null,
    finishReason: null,
    inputTokens: 0,
    outputTokens: 0,
    tokensEstimated: false,
    cost: null,
    omitted: 0,
    createdAt: new Date(),
  }
}
const said = (text: string): MessagePart[] => [{ type: 'text', text }]

describe('the history a model is told', () => {
  const turns = [1, 2, 3].flatMap((turn) => [
    message('user', said(`question ${turn}`)),
    message('assistant', said(`answer ${turn} ${'word '.repeat(100)}`)),
  ])
  const branch = [...turns, message('user', said('the last question'))]

  test('is all of it where that fits, and else its end, beginning with a question', () => {
    expect(historyOf(branch, 10_000)).toMatchObject({ omitted: 0, messages: { length: 7 } })
    const some = historyOf(branch, 250)
    expect(some.omitted).toBe(4)
    expect(some.messages[0]).toEqual({ role: 'user', content: 'question 3' })
    expect(some.tokens).toBeLessThanOrEqual(250)
  })

  test('has the last question in it however small the budget', () => {
    expect(historyOf(branch, 0).messages).toEqual([{ role: 'user', content: 'the last question' }])
  })

  test('has what tools were called, each with what came of it, also where it was broken off', () => {
    const call = { type: 'tool', callId: 'c', name: 'searchWorld', input: { query: 'x' } } as const
    const { messages } = historyOf(
      [
        message('user', said('?')),
        message('assistant', [
          { type: 'reasoning', text: 'hm' },
          { ...call, state: 'done', output: { found: [] } },
          { type: 'text', text: 'Nothing.' },
          { ...call, callId: 'd', state: 'failed' },
        ]),
        message('assistant', []),
      ],
      10_000,
    )
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant', 'tool', 'assistant'])
    expect(messages[4]?.content).toMatchObject([{ toolCallId: 'd', output: { type: 'error-text' } }])
    // Reasoning is not sent back.
    expect(JSON.stringify(messages)).not.toContain('hm')
  })

  test('is that of one branch', () => {
    const [a] = turns
    const b = message('assistant', said('b'), a?.id)
    const c = message('assistant', said('c'), a?.id)
    expect(branchTo([...turns, b, c], c.id)).toEqual([a, c])
    expect(branchTo(turns, null)).toEqual([])
  })

  test('counts scripts without spaces as what they are', () => {
    expect(estimateTokens('灯台は崖の上に立っている')).toBeGreaterThan(6)
  })
})

test('what a model wrote is without what deceives or cannot be stored, in whatever depth', () => {
  expect(cleanText('a\u0000\u001B[31m\tb\nc\u202Ed\u2069e\u{E0020}f\uD800')).toBe('a[31m\tb\ncdef\uFFFD')
  expect(cleanText('مرحبا 👩‍🚀 e\u0301')).toBe('مرحبا 👩‍🚀 e\u0301')
  expect(cleanJson({ 'a\u0000': ['\u0007x', { y: '\u202E' }, 1, null, true] })).toEqual({
    a: ['x', { y: '' }, 1, null, true],
  })
})

test('pieces get longer the more answers are written at once, within bounds', () => {
  expect([1, 25, 100, 200, 5000].map(frameOf)).toEqual([25, 37.5, 150, 300, 300])
})

import OpenAI, { RateLimitError } from 'openai'
import { afterAll, describe, expect, test } from 'vitest'
import { calls, says, startModelEndpoint } from '../src/testing/index.ts'

// The endpoint that the chat is tested with must behave like real ones, which OpenAI's own client verifies.

const endpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const client = new OpenAI({ apiKey: 'sk-test', baseURL: endpoint.url, maxRetries: 0 })

function complete() {
  return client.chat.completions.stream({
    model: 'some-model',
    messages: [{ role: 'user', content: 'Hello?' }],
    stream_options: { include_usage: true },
    tools: [{ type: 'function', function: { name: 'searchWorld', parameters: { type: 'object' } } }],
  })
}

describe('the endpoint that the chat is tested against is understood by the client of OpenAI', () => {
  test('when it says something', async () => {
    endpoint.answer(says('Überall Wind. 🌊 And more.'))
    const completion = await complete().finalChatCompletion()
    expect(completion).toMatchObject({ model: 'some-model', usage: { prompt_tokens: 100, total_tokens: 110 } })
    expect(completion.choices).toMatchObject([
      { finish_reason: 'stop', message: { role: 'assistant', content: 'Überall Wind. 🌊 And more.' } },
    ])
  })

  test('when it calls tools, in pieces', async () => {
    endpoint.answer(calls(['searchWorld', { query: 'the light at the end' }], ['searchWorld', { query: '🌊' }]))
    const [choice] = (await complete().finalChatCompletion()).choices
    expect(choice?.finish_reason).toBe('tool_calls')
    const asked = choice?.message.tool_calls?.map(
      (call) => call.type === 'function' && JSON.parse(call.function.arguments),
    )
    expect(asked).toEqual([{ query: 'the light at the end' }, { query: '🌊' }])
  })

  test('when it refuses, and when it breaks off', async () => {
    endpoint.answer((completion) => completion.refuse(429, 'too many'))
    await expect(complete().finalChatCompletion()).rejects.toBeInstanceOf(RateLimitError)
    endpoint.answer(async (completion) => {
      await completion.text('Half of ')
      completion.break()
    })
    await expect(complete().finalChatCompletion()).rejects.toThrow()
  })

  test('when it gives a title, which is no stream', async () => {
    endpoint.title = 'The Light'
    const { choices } = await client.chat.completions.create({
      model: 'some-model',
      messages: [{ role: 'user', content: 'Name it' }],
    })
    expect(choices[0]?.message.content).toBe('The Light')
  })
})

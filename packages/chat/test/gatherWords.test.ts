import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { JSONParseError } from 'ai'
import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { gatheringWords } from '../src/gatherWords.ts'

let answer: (response: ServerResponse) => void | Promise<void> = () => undefined
const server = createServer((_request, response) => void answer(response)).listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
afterAll(() => server.close())
const gathering = gatheringWords()

/** The events of one response of the endpoint. */
async function events(answering: typeof answer, onEvent: (data: string) => void = () => undefined): Promise<string[]> {
  answer = answering
  const response = await gathering(url)
  const seen: string[] = []
  const parser = createParser({
    onEvent: ({ data }) => {
      seen.push(data)
      onEvent(data)
    },
  })
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? []) parser.feed(decoder.decode(bytes, { stream: true }))
  return seen
}

function stream(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
}

const words = (field: string, text: string, more: object = {}) =>
  JSON.stringify({ id: 'c', ...more, choices: [{ index: 0, delta: { [field]: text }, finish_reason: null }] })

/** The text of a response, with consecutive words of a field joined. Everything else unchanged. */
function told(all: readonly string[]): unknown[] {
  const entries: unknown[] = []
  for (const data of all) {
    const [field, text] = Object.entries(deltaOf(data) ?? {})[0] ?? []
    const last = entries.at(-1)
    if (typeof text !== 'string') entries.push(data)
    else if (Array.isArray(last) && last[0] === field) last[1] += text
    else entries.push([field, text])
  }
  return entries
}

function deltaOf(data: string): object | undefined {
  try {
    const { choices } = JSON.parse(data)
    return choices?.length === 1 && !choices[0].finish_reason ? choices[0].delta : undefined
  } catch {
    return undefined
  }
}

test('what is said stays what it was, in its order, wherever the bytes are cut', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const event = fc.oneof(
    { weight: 6, arbitrary: text.map((said) => words('content', said)) },
    { weight: 2, arbitrary: text.map((said) => words('reasoning_content', said)) },
    { weight: 1, arbitrary: fc.constant(JSON.stringify({ choices: [{ delta: { tool_calls: [{ index: 0 }] } }] })) },
    { weight: 1, arbitrary: fc.constant(JSON.stringify({ choices: [], usage: { prompt_tokens: 1 } })) },
    { weight: 1, arbitrary: fc.constantFrom('not JSON', '{"error":{"message":"no"}}', 'two\nlines', '[DONE]', 'null') },
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 40 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 200 })),
      async (sent, cuts) => {
        const bytes = Buffer.from(sent.map((data) => `data: ${data.replaceAll('\n', '\ndata: ')}\n\n`).join(''))
        const received = await events(async (response) => {
          stream(response)
          for (let at = 0; at < bytes.length; ) {
            const size = cuts.next().value
            response.write(bytes.subarray(at, at + size))
            at += size
            if (size % 5 === 0) await new Promise((resolve) => setImmediate(resolve))
          }
          response.end()
        })
        expect(told(received)).toEqual(told(sent))
        expect(received.length).toBeLessThanOrEqual(sent.length)
      },
    ),
    { numRuns: 60 },
  )
})

test('words that come fast go on several to an event, the first at once', async () => {
  let first = 0
  let said = 0
  const received = await events(
    async (response) => {
      stream(response)
      for (said = 0; said < 400; said++) {
        response.write(`data: ${words('content', `${said} `, { usage: null })}\n\n`)
        await new Promise((resolve) => setImmediate(resolve))
      }
      response.end()
    },
    () => {
      first ||= said
    },
  )
  expect(told(received)).toEqual([['content', Array.from({ length: 400 }, (_, index) => `${index} `).join('')]])
  expect(received.length).toBeLessThan(100)
  expect(JSON.parse(received[0] ?? '')).toMatchObject({ id: 'c', choices: [{ index: 0, delta: { content: '0 ' } }] })
  expect(first).toBeLessThan(100)
})

test('where it breaks off in the middle, what came before is there, and then the error', async () => {
  const seen: string[] = []
  const broken = events(
    async (response) => {
      stream(response)
      for (const word of ['a', 'b', 'c']) response.write(`data: ${words('content', word)}\n\n`)
      await new Promise((resolve) => setTimeout(resolve, 50))
      for (const word of ['d', 'e']) response.write(`data: ${words('content', word)}\n\n`)
      setImmediate(() => response.destroy())
    },
    (data) => seen.push(data),
  )
  await expect(broken).rejects.toThrow()
  expect(told(seen)).toEqual([['content', 'abcde']])
})

test('an event without an end is refused, and the endpoint hears of it', async () => {
  const closed = Promise.withResolvers<void>()
  const endless = events(async (response) => {
    stream(response).on('close', closed.resolve)
    response.write('data: ')
    while (!response.destroyed) {
      if (!response.write('x'.repeat(100_000))) await Promise.race([once(response, 'drain'), closed.promise])
    }
  })
  await expect(endless).rejects.toSatisfy((error) => JSONParseError.isInstance(error))
  await closed.promise
})

test('who stops listening stops the endpoint', async () => {
  const closed = Promise.withResolvers<void>()
  answer = (response) => {
    stream(response).on('close', closed.resolve)
    response.write(`data: ${words('content', 'a')}\n\n`)
  }
  const response = await gathering(url)
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await closed.promise
})

test('what is no stream of events goes through as it is', async () => {
  answer = (response) => {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7' }).end('{"a":1}')
  }
  const response = await gathering(url)
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([429, '7', '{"a":1}'])
})

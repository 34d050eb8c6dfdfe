import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { initTRPC, TRPCError, tracked } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { afterAll, onTestFinished, TestRunner } from 'vitest'
import { z } from 'zod'

const t = initTRPC.create()

/** What the procedures received, for tests of calls and aborts. */
export interface Observed {
  readonly calls: string[]
  readonly aborted: string[]
  readonly contexts: unknown[]
}

export function createTestRouter(observed: Observed) {
  const posts = Array.from({ length: 9 }, (_, id) => ({ id, title: `Post ${id}` }))
  return t.router({
    greeting: t.procedure.query(() => {
      observed.calls.push('greeting')
      return 'hello'
    }),
    post: t.router({
      byId: t.procedure.input(z.object({ id: z.number() })).query(({ input }) => {
        observed.calls.push(`post.byId ${input.id}`)
        const post = posts[input.id]
        if (!post) throw new TRPCError({ code: 'NOT_FOUND', message: 'no such post' })
        return { ...post, createdAt: new Date(0) }
      }),
      list: t.procedure
        .input(
          z.object({ limit: z.number().default(3), cursor: z.number().nullish(), direction: z.string().optional() }),
        )
        .query(({ input }) => {
          const start = input.cursor ?? 0
          observed.calls.push(`post.list ${start} ${input.direction}`)
          const next = start + input.limit
          return { items: posts.slice(start, next), nextCursor: next < posts.length ? next : null }
        }),
      create: t.procedure.input(z.object({ title: z.string().min(1) })).mutation(({ input }) => {
        observed.calls.push(`post.create ${input.title}`)
        const post = { id: posts.length, title: input.title }
        posts.push(post)
        return post
      }),
    }),
    slow: t.procedure.input(z.string()).query(async ({ input, signal }) => {
      observed.calls.push(`slow ${input}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5000)
        signal?.addEventListener('abort', () => {
          observed.aborted.push(input)
          clearTimeout(timer)
          resolve()
        })
      })
      return input
    }),
    stream: t.procedure.input(z.number()).query(async function* ({ input }) {
      for (let item = 0; item < input; item++) {
        yield item
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }),
    count: t.procedure.input(z.object({ from: z.number() })).subscription(async function* ({ input, signal }) {
      observed.calls.push(`count ${input.from}`)
      signal?.addEventListener('abort', () => observed.aborted.push(`count ${input.from}`))
      for (let value = input.from; value < input.from + 3; value++) {
        if (signal?.aborted) return
        yield value
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
      await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    }),
    tracked: t.procedure.subscription(async function* ({ signal }) {
      yield tracked('id-1', 'first')
      await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    }),
    failing: t.procedure.subscription(async function* () {
      yield 'one'
      throw new TRPCError({ code: 'FORBIDDEN', message: 'no more' })
    }),
  })
}

export type TestRouter = ReturnType<typeof createTestRouter>

/**
 * Serves the router over real HTTP until the test or, outside a test, the test file ends, with a client that has an
 * app's usual links.
 */
export async function startTestServer() {
  const observed: Observed = { calls: [], aborted: [], contexts: [] }
  const router = createTestRouter(observed)
  const handler = createHTTPHandler({ router })
  const server = createServer((request, response) => {
    // The tests' page has another origin than this server.
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') response.writeHead(204).end()
    else handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const whenDone = TestRunner.getCurrentTest() ? onTestFinished : afterAll
  whenDone(() => {
    server.closeAllConnections()
    server.close()
  })
  const client = createTRPCClient<TestRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url, EventSource: TestEventSource }),
        false: httpBatchStreamLink({ url }),
      }),
    ],
  })
  return { client, router, observed }
}

/** EventSource over fetch, as jsdom has none: enough for tRPC's link. */
class TestEventSource extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSED = 2
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSED = 2
  readyState = 0
  readonly #abort = new AbortController()

  constructor(url: string) {
    super()
    this.#read(url)
  }

  close() {
    this.readyState = 2
    this.#abort.abort()
  }

  async #read(url: string) {
    try {
      const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: this.#abort.signal })
      if (!response.body) throw new Error('no body')
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
      let buffer = ''
      const decoder = new TextDecoder()
      for await (const chunk of response.body) {
        buffer += decoder.decode(chunk, { stream: true })
        const events = buffer.split('\n\n')
        buffer = events.pop() ?? ''
        for (const event of events) this.#emit(event)
      }
    } catch {
      if (this.readyState === 2) return
    }
    this.close()
    this.dispatchEvent(new Event('error'))
  }

  #emit(text: string) {
    const fields: Record<string, string> = {}
    for (const line of text.split('\n')) {
      const [, name = '', value = ''] = /^(\w*):\s?(.*)$/.exec(line) ?? []
      fields[name] = value
    }
    if (fields.data === undefined && fields.event === undefined) return
    const message = new MessageEvent(fields.event ?? 'message', {
      data: fields.data ?? '',
      lastEventId: fields.id ?? '',
    })
    this.dispatchEvent(message)
  }
}

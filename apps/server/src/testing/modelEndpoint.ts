import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The part of a chat completion request that tests look at. */
export interface CompletionRequest {
  readonly model: string
  readonly stream?: boolean
  readonly messages: readonly {
    readonly role: 'system' | 'user' | 'assistant' | 'tool'
    readonly content?: string | null
    readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: string } }[]
  }[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
  readonly tool_choice?: unknown
  readonly max_tokens?: number
  readonly [other: string]: unknown
}

export interface ModelEndpoint {
  /** For OPENAI_BASE_URL. */
  readonly url: string
  /** All requests in order, except those for titles. */
  readonly requests: readonly CompletionRequest[]
  /** The headers of each request. */
  readonly headers: readonly IncomingMessage['headers'][]
  /** How many answers the client aborted. */
  readonly cancelled: number
  /** The title it gives conversations; undefined to refuse. */
  title: string | undefined
  /** The answers to the next questions, in order. The last one is repeated. */
  answer(...answers: Answer[]): void
  close(): Promise<void>
}

/** The answer to one question. */
export type Answer = (completion: Completion) => Promise<void> | void

/**
 * A server on loopback that speaks the streaming protocol of OpenAI's chat completions: the test decides what it says.
 *
 * @param inPieces whether its bytes are split at arbitrary places, as on a network
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export async function startModelEndpoint({ inPieces = true } = {}): Promise<ModelEndpoint> {
  const requests: CompletionRequest[] = []
  const headers: IncomingMessage['headers'][] = []
  let answers: Answer[] = [says('Hello.')]
  let cancelled = 0
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    if (request.url?.split('?')[0] !== '/v1/chat/completions' || request.method !== 'POST') {
      response.writeHead(404).end()
      return
    }
    const asked = JSON.parse(Buffer.concat(pieces).toString()) as CompletionRequest // as the protocol says
    const completion = new Completion(asked, response, inPieces)
    if (!asked.stream) {
      if (endpoint.title === undefined) completion.refuse(500)
      else completion.whole(endpoint.title)
      return
    }
    requests.push(asked)
    headers.push(request.headers)
    response.on('close', () => {
      if (!response.writableEnded && !completion.isBroken) cancelled++
    })
    const [next] = answers
    if (answers.length > 1) answers = answers.slice(1)
    await next?.(completion)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on TCP
  const endpoint: ModelEndpoint = {
    url: `http://127.0.0.1:${port}/v1`,
    title: 'A title',
    requests,
    headers,
    get cancelled() {
      return cancelled
    },
    answer: (...given) => {
      answers = given
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return endpoint
}

/** An answer in progress. */
export class Completion {
  readonly request: CompletionRequest
  /** Whether it was cut off on purpose. */
  isBroken = false
  readonly #response: ServerResponse
  readonly #inPieces: boolean
  #calls = 0

  constructor(request: CompletionRequest, response: ServerResponse, inPieces: boolean) {
    this.request = request
    this.#response = response
    this.#inPieces = inPieces
  }

  /** Whether the client is gone. */
  get isCancelled(): boolean {
    return this.#response.destroyed
  }

  /** An answer that is not a stream. */
  whole(content: string): void {
    this.#response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id: 'chatcmpl-0',
        object: 'chat.completion',
        created: 0,
        model: this.request.model,
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 20, completion_tokens: 4, total_tokens: 24 },
      }),
    )
  }

  /** Refuses, as endpoints do. */
  refuse(status: number, message = 'refused', headers: Record<string, string> = {}): void {
    this.#response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ error: { message, type: 'error', code: null, param: null } }))
  }

  async text(content: string): Promise<void> {
    await this.#chunk({ delta: { content } })
  }

  async reasoning(content: string): Promise<void> {
    await this.#chunk({ delta: { reasoning_content: content } })
  }

  /** Calls a tool: first its name, then its arguments in pieces. @param given a string if they are not JSON */
  async tool(name: string, given: unknown): Promise<void> {
    const index = this.#calls++
    const text = typeof given === 'string' ? given : JSON.stringify(given)
    const id = `call_${this.request.messages.length}_${index}`
    await this.#chunk({ delta: { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] } })
    for (let at = 0; at < text.length; at += 7) {
      await this.#chunk({ delta: { tool_calls: [{ index, function: { arguments: text.slice(at, at + 7) } }] } })
    }
  }

  /** Sends the finish reason, the usage and the end. */
  async end(
    reason?: string,
    usage: { prompt_tokens: number; completion_tokens: number } | null = usual,
  ): Promise<void> {
    await this.#chunk({ delta: {}, finish_reason: reason ?? (this.#calls > 0 ? 'tool_calls' : 'stop') })
    if (usage) {
      const { prompt_tokens, completion_tokens } = usage
      await this.raw(this.#line({ choices: [], usage: { ...usage, total_tokens: prompt_tokens + completion_tokens } }))
    }
    await this.raw('data: [DONE]\n\n')
    this.#response.end()
  }

  /** Cuts the answer off in the middle. */
  break(): void {
    this.isBroken = true
    this.#response.destroy()
  }

  /** Sends raw bytes. */
  async raw(text: string): Promise<void> {
    const response = this.#response
    if (!response.headersSent) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    }
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) {
      const size = this.#inPieces ? 1 + ((at * 7919 + bytes.length) % 61) : bytes.length
      if (response.destroyed) return
      if (!response.write(bytes.subarray(at, at + size))) await once(response, 'drain')
      at += size
    }
    await new Promise((resolve) => setImmediate(resolve))
  }

  async #chunk(choice: object): Promise<void> {
    if (!this.#response.headersSent) await this.raw(this.#line({ choices: [{ ...opening, finish_reason: null }] }))
    await this.raw(this.#line({ choices: [{ index: 0, finish_reason: null, ...choice }] }))
  }

  #line(chunk: object): string {
    const { model } = this.request
    return `data: ${JSON.stringify({ id: 'chatcmpl-0', object: 'chat.completion.chunk', created: 0, model, ...chunk })}\n\n`
  }
}

const usual = { prompt_tokens: 100, completion_tokens: 10 }
/** The role is sent first, and once. */
const opening = { index: 0, delta: { role: 'assistant', content: '' } }

/** Sends text, a word at a time. */
export function says(text: string, pause = 0): Answer {
  return async (completion) => {
    for (const word of text.split(/(?<=\s)/)) {
      if (completion.isCancelled) return
      await completion.text(word)
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
    }
    await completion.end()
  }
}

/** Calls tools and sends no text. */
export function calls(...tools: readonly (readonly [name: string, given: unknown])[]): Answer {
  return async (completion) => {
    for (const [name, given] of tools) await completion.tool(name, given)
    await completion.end()
  }
}

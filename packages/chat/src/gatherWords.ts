import { inSpan, isTracing, traceHeaders } from '@worldloom/telemetry'
import { JSONParseError } from 'ai'
import { createParser } from 'eventsource-parser'

/** Characters that an endpoint may send without ending an event. */
const longestEvent = 2_000_000
/** This many characters are passed on at once however soon they came, so that limits are checked in time. */
const longestPiece = 1000

/**
 * How many milliseconds a model's words are collected before they are passed on; the first are passed on at once. With
 * many answers at the same time it is longer, up to 300 ms, as each piece costs the process about as much as its
 * content.
 */
export function frameOf(answersAtOnce: number): number {
  return Math.min(Math.max(answersAtOnce * 1.5, 25), 300)
}

/**
 * A `fetch` for an endpoint's responses: combines words that come one by one in the events of a streamed completion
 * into fewer events. Everything else is passed on unchanged, in order.
 *
 * It works on the events because the AI SDK takes each one through half a dozen web streams, which is most of an
 * answer's cost.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function gatheringWords(): typeof fetch {
  let open = 0
  return async (input, init) => {
    const response = await fetchTraced(input, init)
    const { body, headers } = response
    if (!body || !headers.get('content-type')?.startsWith('text/event-stream')) return response
    open++
    const onEnd = () => {
      open--
    }
    return new Response(
      gathered(body, () => frameOf(open), onEnd),
      response,
    )
  }
}

/** With the headers that let the endpoint continue the trace. */
async function fetchTraced(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  if (!isTracing()) return await fetch(input, init)
  return await inSpan('POST', { kind: 'client', attributes: { 'http.request.method': 'POST' } }, async (span) => {
    const headers = new Headers(init?.headers)
    for (const [name, value] of Object.entries(traceHeaders())) headers.set(name, value)
    const response = await fetch(input, { ...init, headers })
    span?.setAttribute('http.response.status_code', response.status)
    return response
  })
}

// Without transform streams, for the same reason.
function gathered(source: ReadableStream<Uint8Array>, frame: () => number, onEnd: () => void) {
  const reader = source.getReader()
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let pending: Words | undefined
  let timer: NodeJS.Timeout | undefined
  let sentAt = 0
  let isCancelled = false
  let onWanted: (() => void) | undefined
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (data: string) => {
        controller.enqueue(encoder.encode(`data: ${data.replaceAll('\n', '\ndata: ')}\n\n`))
      }
      const sendWords = () => {
        clearTimeout(timer)
        timer = undefined
        if (!pending) return
        send(pending.data ?? withText(pending))
        pending = undefined
        sentAt = performance.now()
      }
      const parser = createParser({
        maxBufferSize: longestEvent,
        onEvent: ({ data }) => {
          const words = wordsIn(data)
          if (!words || (pending && pending.field !== words.field)) sendWords()
          if (!words) {
            send(data)
            return
          }
          pending = pending ? { ...words, text: pending.text + words.text, data: undefined } : words
          const wait = sentAt + frame() - performance.now()
          if (wait <= 0 || pending.text.length >= longestPiece) sendWords()
          else timer ??= setTimeout(sendWords, wait)
        },
        onError: (error) => {
          // Lines that are not events are ignored, as the standard says.
          if (error.type === 'max-buffer-size-exceeded') throw new JSONParseError({ text: '', cause: error })
        },
      })
      const taken = async () => {
        while (!isCancelled && (controller.desiredSize ?? 1) <= 0) {
          await new Promise<void>((resolve) => {
            onWanted = resolve
          })
        }
      }
      const read = async () => {
        for (;;) {
          await taken()
          const { done, value } = await reader.read()
          if (isCancelled) return
          if (done) break
          parser.feed(decoder.decode(value, { stream: true }))
        }
        sendWords()
        controller.close()
      }
      read()
        .catch(async (error) => {
          sendWords()
          // An error replaces everything that was not read yet.
          await taken()
          controller.error(error)
          // A stream that broke off has no more to read.
          await reader.cancel(error).catch(() => undefined)
        })
        .finally(onEnd)
    },
    pull() {
      onWanted?.()
    },
    async cancel(reason) {
      isCancelled = true
      clearTimeout(timer)
      pending = undefined
      onWanted?.()
      await reader.cancel(reason)
    },
  })
}

/** An event with words and nothing else. */
interface Words {
  readonly chunk: Fields
  /** The only choice. */
  readonly choice: Fields
  readonly delta: Fields
  /** The delta's field: endpoints use different names for reasoning. */
  readonly field: string
  readonly text: string
  /** The original event, if it is a single one. */
  readonly data: string | undefined
}

type Fields = Readonly<Record<string, unknown>>

const wordFields: readonly string[] = ['content', 'reasoning_content', 'reasoning']

function wordsIn(data: string): Words | undefined {
  const chunk = parsed(data)
  if (!isObject(chunk) || !isNothing(chunk.usage) || !Array.isArray(chunk.choices) || chunk.choices.length !== 1) return
  const [choice] = chunk.choices as unknown[]
  if (!isObject(choice) || !isNothing(choice.finish_reason) || !isNothing(choice.logprobs)) return
  const { delta } = choice
  if (!isObject(delta)) return
  const [said, ...others] = Object.entries(delta).filter(([name, value]) => name !== 'role' && !isNothing(value))
  if (!said || others.length > 0) return
  const [field, text] = said
  if (typeof text !== 'string' || !wordFields.includes(field)) return
  return { chunk, choice, delta, field, text, data }
}

function withText({ chunk, choice, delta, field, text }: Words): string {
  return JSON.stringify({ ...chunk, choices: [{ ...choice, delta: { ...delta, [field]: text } }] })
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    // `[DONE]`, or something for the SDK to reject.
    return undefined
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

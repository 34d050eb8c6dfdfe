import { type LanguageModel, type LanguageModelMiddleware, wrapLanguageModel } from 'ai'

type WrapStream = NonNullable<LanguageModelMiddleware['wrapStream']>
type PartStream = Awaited<ReturnType<WrapStream>>['stream']
type Part = PartStream extends ReadableStream<infer Item> ? Item : never
type Delta = Extract<Part, { type: 'text-delta' | 'reasoning-delta' }>

/**
 * For how many milliseconds what a model says is gathered before it goes on; the first of it goes at once. Where many
 * answers are written at once it is longer, up to a fifth of a second: each piece costs the process about as much as
 * what is in it.
 */
export function frameOf(answersAtOnce: number): number {
  return Math.min(Math.max(answersAtOnce, 25), 200)
}

/** A model whose words come gathered. @param frame milliseconds, asked anew each time */
export function coalescing(model: Exclude<LanguageModel, string>, frame: () => number): LanguageModel {
  return wrapLanguageModel({
    // What there is of older versions of the interface is no model that we make.
    model: model as Parameters<typeof wrapLanguageModel>[0]['model'],
    middleware: {
      specificationVersion: 'v4',
      wrapStream: async ({ doStream }) => {
        const { stream, ...rest } = await doStream()
        return { ...rest, stream: coalesce(stream, frame) }
      },
    },
  })
}

/** Characters that go on at once however soon they came: who reads them may want no more. */
const longestPiece = 1000

// By hand, not through one more transform stream: those are what costs the most.
function coalesce(stream: PartStream, frame: () => number): PartStream {
  const reader = stream.getReader()
  let pending: Delta | undefined
  let timer: NodeJS.Timeout | undefined
  let sentAt = 0
  let onWanted: (() => void) | undefined
  return new ReadableStream<Part>({
    start(controller) {
      const send = () => {
        clearTimeout(timer)
        timer = undefined
        if (!pending) return
        controller.enqueue(pending)
        pending = undefined
        sentAt = performance.now()
      }
      const taken = async () => {
        while ((controller.desiredSize ?? 1) <= 0) {
          await new Promise<void>((resolve) => {
            onWanted = resolve
          })
        }
      }
      const read = async () => {
        for (;;) {
          await taken()
          const { done, value } = await reader.read()
          if (done) break
          if (value.type !== 'text-delta' && value.type !== 'reasoning-delta') {
            send()
            controller.enqueue(value)
            continue
          }
          if (pending?.type === value.type && pending.id === value.id) {
            pending = { ...pending, delta: pending.delta + value.delta }
          } else {
            send()
            pending = value
          }
          const wait = sentAt + frame() - performance.now()
          if (wait <= 0 || pending.delta.length >= longestPiece) send()
          else timer ??= setTimeout(send, wait)
        }
        send()
        controller.close()
      }
      read().catch(async (error) => {
        send()
        // An error takes the place of all that was not read yet.
        await taken()
        controller.error(error)
      })
    },
    pull() {
      onWanted?.()
    },
    async cancel(reason) {
      clearTimeout(timer)
      pending = undefined
      onWanted?.()
      await reader.cancel(reason)
    },
  })
}

import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createWorldloomClient, idempotent, readError, type WorldloomClient } from '@worldloom/client'

/** What was seen that must not be. */
export interface Violation {
  readonly at: string
  readonly what: string
}

/** For how many milliseconds a server that is cut off may go on with what it knows: until it notices that it hears nothing. */
const deafness = 16_000

/**
 * People at work, who write down what they were told, and hold Worldloom to it.
 */
export class Load {
  readonly #urls: readonly string[]
  readonly #worldId: string
  readonly #guest: { readonly key: string; readonly id: string }
  readonly #clients: readonly WorldloomClient[]
  readonly violations: Violation[] = []
  /** The names of stories whose creation was acknowledged, and the ids that were given. */
  readonly acknowledged = new Map<string, string>()
  /** What streams brought, by reader. */
  readonly heard: Set<string>[] = []
  readonly answers = { complete: 0, failed: 0, stuck: 0 }
  readonly reads = { ok: 0, refused: 0, failed: 0 }
  /** The longest that something was read after it was taken away, in milliseconds. */
  longestAfterRevocation = 0
  #isOver = false
  /** When the last write began that was acknowledged, by server. */
  readonly #lastWrites: number[]
  readonly #running: Promise<void>[] = []
  readonly #subscriptions: { unsubscribe(): void }[] = []

  constructor(options: {
    readonly urls: readonly string[]
    readonly worldId: string
    readonly owner: string
    readonly guest: { readonly key: string; readonly id: string }
  }) {
    this.#urls = options.urls
    this.#worldId = options.worldId
    this.#guest = options.guest
    this.#lastWrites = options.urls.map(() => 0)
    this.#clients = options.urls.map((url) =>
      createWorldloomClient({ url, apiKey: options.owner, retries: 0, timeout: 30_000 }),
    )
  }

  start({ writers, streams, invite }: { writers: number; streams: number; invite: () => Promise<void> }): void {
    for (let writer = 0; writer < writers; writer++) this.#running.push(this.#write(writer))
    for (let reader = 0; reader < streams; reader++) this.#follow(reader)
    this.#running.push(this.#revoke(invite), this.#chat())
  }

  /** Lets everybody finish what they are doing. */
  async finish(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#running)
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe()
  }

  /** @returns milliseconds until something that began after that was written through each server */
  async untilWritten(since: number): Promise<number> {
    while (this.#lastWrites.some((began) => began <= since)) await delay(5)
    return performance.now() - since
  }

  #client(index: number): WorldloomClient {
    const client = this.#clients[index % this.#clients.length]
    if (!client) throw new Error('there is no server')
    return client
  }

  #violate(what: string): void {
    this.violations.push({ at: new Date().toISOString(), what })
  }

  /** Creates stories, each until it is acknowledged, and reads each at the other server. */
  async #write(writer: number): Promise<void> {
    for (let number = 0; !this.#isOver; number++) {
      const name = `Story ${writer} ${number}`
      const key = randomUUID()
      for (let attempt = 0; ; attempt++) {
        const began = performance.now()
        const client = this.#client(writer + number + attempt)
        try {
          const { id } = await client.story.create.mutate({ worldId: this.#worldId, name }, idempotent(key))
          this.acknowledged.set(name, id)
          const server = (writer + number + attempt) % this.#clients.length
          this.#lastWrites[server] = Math.max(this.#lastWrites[server] ?? 0, began)
          await this.#readBack(id, writer + number + attempt)
          break
        } catch (error) {
          const { isTemporary, reason } = readError(error)
          if (!isTemporary) {
            this.#violate(`creating ${name}: ${reason?.kind ?? error}`)
            break
          }
          await delay(100 + Math.random() * 100)
        }
      }
    }
  }

  async #readBack(id: string, index: number): Promise<void> {
    try {
      await this.#client(index).story.byId.query({ id })
    } catch (error) {
      const { reason } = readError(error)
      if (reason?.kind === 'notFound') this.#violate(`${id} was acknowledged and could not be read`)
    }
  }

  #follow(reader: number): void {
    const heard = new Set<string>()
    this.heard.push(heard)
    let lastEventId: string | undefined
    const open = () => {
      if (this.#isOver && this.heard.length === 0) return
      const subscription = this.#client(reader).world.changes.subscribe(
        { worldIds: [this.#worldId], ...(lastEventId !== undefined && { lastEventId }) },
        {
          onData: ({ id, data }) => {
            lastEventId = id
            if (data.type === 'change' && data.change.action === 'create') heard.add(data.change.subjectId)
            if (data.type === 'reset') this.#violate('a stream had to begin anew')
          },
          // It comes back by itself after an interruption; not after a refusal.
          onError: () => setTimeout(open, 500),
        },
      )
      this.#subscriptions.push(subscription)
    }
    open()
  }

  /** Shares the world with a guest, and takes it away again: from then on nothing of it may be read. */
  async #revoke(invite: () => Promise<void>): Promise<void> {
    const guests = this.#urls.map((url) =>
      createWorldloomClient({ url, apiKey: this.#guest.key, retries: 0, timeout: 10_000 }),
    )
    const mayRead = async (guest: WorldloomClient): Promise<boolean | undefined> => {
      try {
        await guest.world.byId.query({ id: this.#worldId })
        return true
      } catch (error) {
        return readError(error).reason?.kind === 'notFound' ? false : undefined
      }
    }
    for (let round = 0; !this.#isOver; round++) {
      await invite().catch(() => undefined)
      for (const guest of guests) await mayRead(guest)
      let isRemoved = false
      while (!isRemoved) {
        try {
          await this.#client(round).member.remove.mutate({ worldId: this.#worldId, userId: this.#guest.id })
          isRemoved = true
        } catch (error) {
          // It was removed by an attempt whose answer was lost, or has never been a member.
          if (readError(error).reason?.kind === 'notFound') isRemoved = true
          else await delay(100)
        }
      }
      const removed = performance.now()
      while (performance.now() - removed < 1500 || (round % 5 === 0 && performance.now() - removed < 5000)) {
        for (const guest of guests) {
          const began = performance.now()
          const could = await mayRead(guest)
          this.reads[could === undefined ? 'failed' : could ? 'ok' : 'refused']++
          if (could !== true) continue
          this.longestAfterRevocation = Math.max(this.longestAfterRevocation, began - removed)
          if (began - removed > deafness)
            this.#violate(`read ${Math.round(began - removed)} ms after it was taken away`)
        }
        await delay(20)
      }
    }
  }

  /** Asks questions, whose answers have to end: complete, or as failed if their server was killed. */
  async #chat(): Promise<void> {
    let conversationId: string | undefined
    for (let number = 0; !this.#isOver; number++) {
      const client = this.#client(number)
      try {
        conversationId ??= (await client.conversation.create.mutate({ worldId: this.#worldId })).id
        await client.chat.ask.mutate({ conversationId, text: `Question ${number}` })
        this.answers.complete++
      } catch {
        this.answers.failed++
        // A server that was killed leaves an answer that another ends; until then no question is taken.
        conversationId = undefined
        await delay(500)
      }
    }
  }
}

import type { ChatEvent, Message, ToolPart } from '@worldloom/schema'
import { cleanText } from './cleanText.ts'

type Of = 'text' | 'reasoning'
type Step = Extract<ChatEvent, { seq: number }>

/** An answer while it is being written, in the process that writes it. */
export class LiveAnswer {
  readonly id: string
  readonly conversationId: string
  readonly #stop = new AbortController()
  readonly #publish: (event: ChatEvent) => void
  /** What it is made of, in order: for who comes back and has the beginning. */
  readonly #steps: Step[] = []
  #message: Message
  /** The first half of a character whose second has not come. */
  #half = ''
  /** Whether there is more than was stored. */
  isDirty = false
  /** Characters so far, of what can be seen or not. */
  length = 0

  constructor(message: Message, conversationId: string, publish: (event: ChatEvent) => void) {
    this.id = message.id
    this.conversationId = conversationId
    this.#message = message
    this.#publish = publish
  }

  /** As it is now. */
  get message(): Message {
    return this.#message
  }

  get stopped(): AbortSignal {
    return this.#stop.signal
  }

  /** @param reason why; nothing where the person wanted it */
  stop(reason?: string): void {
    this.#stop.abort(reason)
  }

  /** What came after the first `seq` steps; undefined where there were never that many. */
  since(seq: number): readonly Step[] | undefined {
    return seq > this.#message.seq ? undefined : this.#steps.slice(seq)
  }

  append(of: Of, text: string): void {
    const whole = this.#half + text
    this.#half = /[\uD800-\uDBFF]$/.test(whole) ? whole.slice(-1) : ''
    const clean = cleanText(this.#half ? whole.slice(0, -1) : whole)
    if (clean === '') return
    this.length += clean.length
    const { parts } = this.#message
    const last = parts.at(-1)
    this.#take(
      { type: 'delta', messageId: this.id, seq: this.#message.seq + 1, of, text: clean },
      last?.type === of ? parts.with(-1, { type: of, text: last.text + clean }) : [...parts, { type: of, text: clean }],
    )
  }

  /** A tool that was called, or what came of it. */
  tool(part: ToolPart): void {
    this.length += JSON.stringify(part).length
    const { parts } = this.#message
    const index = parts.findIndex((other) => other.type === 'tool' && other.callId === part.callId)
    this.#take(
      { type: 'tool', messageId: this.id, seq: this.#message.seq + 1, part },
      index < 0 ? [...parts, part] : parts.with(index, part),
    )
  }

  /** What was called by this id. */
  toolPart(callId: string): ToolPart | undefined {
    return this.#message.parts.find((part): part is ToolPart => part.type === 'tool' && part.callId === callId)
  }

  /** Ends it: nothing may come after. */
  finish(end: Partial<Message>): Message {
    // What was called when it ended has no result, and will have none.
    const parts = this.#message.parts.map((part) =>
      part.type === 'tool' && part.state === 'running' ? { ...part, state: 'failed' as const } : part,
    )
    this.#message = { ...this.#message, ...end, parts }
    return this.#message
  }

  #take(step: Step, parts: Message['parts']): void {
    this.#message = { ...this.#message, parts, seq: step.seq }
    this.#steps.push(step)
    this.isDirty = true
    this.#publish(step)
  }
}

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
  /** Its events in order, for listeners who reconnect and have the beginning. */
  readonly #steps: Step[] = []
  #message: Message
  /** The first half of a surrogate pair whose second half has not arrived. */
  #half = ''
  /** Whether there is anything not stored yet. */
  isDirty = false
  /** Characters so far, visible or not. */
  length = 0

  constructor(message: Message, conversationId: string, publish: (event: ChatEvent) => void) {
    this.id = message.id
    this.conversationId = conversationId
    this.#message = message
    this.#publish = publish
  }

  /** Its present state. */
  get message(): Message {
    return this.#message
  }

  get stopped(): AbortSignal {
    return this.#stop.signal
  }

  /** @param reason why it failed; undefined if the person stopped it */
  stop(reason?: string): void {
    this.#stop.abort(reason)
  }

  /** The events after the first `seq`; undefined if there were never that many. */
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

  /** Adds a tool call, or its result. */
  tool(part: ToolPart): void {
    this.length += JSON.stringify(part).length
    const { parts } = this.#message
    const index = parts.findIndex((other) => other.type === 'tool' && other.callId === part.callId)
    this.#take(
      { type: 'tool', messageId: this.id, seq: this.#message.seq + 1, part },
      index < 0 ? [...parts, part] : parts.with(index, part),
    )
  }

  /** The tool call with this id. */
  toolPart(callId: string): ToolPart | undefined {
    return this.#message.parts.find((part): part is ToolPart => part.type === 'tool' && part.callId === callId)
  }

  /** Ends the answer. Nothing may be added after. */
  finish(end: Partial<Message>): Message {
    // Tool calls still open when it ended will never have a result.
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

import type { EntityKind } from './entity/kinds.ts'

/**
 * The parts of a conversation and the events of its stream. Plain types, which the schemas in chat.ts are checked
 * against: the client package ships them without any schema.
 */

/** A tool that the model called, and the result. */
export interface ToolPart {
  type: 'tool'
  callId: string
  name: string
  /** As the model gave it; a string if it was not JSON. */
  input: unknown
  state: 'running' | 'done' | 'failed'
  output?: unknown
}

export type MessagePart =
  | { type: 'text'; text: string }
  /** The reasoning that some models send before they answer. */
  | { type: 'reasoning'; text: string }
  | ToolPart

export interface Message {
  id: string
  /** The message it answers or continues from; null for the first. */
  parentId: string | null
  role: 'user' | 'assistant'
  status: 'streaming' | 'complete' | 'stopped' | 'failed'
  parts: MessagePart[]
  /** How many events it is made of. */
  seq: number
  /** What went wrong, as a sentence. What had arrived by then is in `parts`. */
  failure: string | null
  model: string | null
  finishReason: string | null
  inputTokens: number
  outputTokens: number
  /** Whether the counts are estimates, because the endpoint sent none. */
  tokensEstimated: boolean
  /** What the answer cost, in US dollars; null while it is written, and if no prices were set. */
  cost: number | null
  /** How many earlier messages were left out of what the model was sent. */
  omitted: number
  createdAt: Date
}

/** A change that a model proposes, to be confirmed by the person. */
export interface Proposal {
  id: string
  messageId: string
  kind: EntityKind
  /** The entry to change, or the one created; null if it is not created yet, or gone. */
  entityId: string | null
  isUpdate: boolean
  /** The proposed values, by field name. */
  fields: Record<string, unknown>
  status: 'pending' | 'confirmed' | 'dismissed'
}

/**
 * The events of a conversation's stream, to be applied in order. Each says where it belongs, so applying one twice does
 * no harm.
 */
export type ChatEvent =
  /** A whole message as it is now. Replaces what was known of it, unless that is newer. */
  | { readonly type: 'message'; readonly message: Message; readonly headId: string | null }
  /** More text of the last part, or the start of a new one. */
  | {
      readonly type: 'delta'
      readonly messageId: string
      readonly seq: number
      readonly of: 'text' | 'reasoning'
      readonly text: string
    }
  /** A tool call, or its result. */
  | { readonly type: 'tool'; readonly messageId: string; readonly seq: number; readonly part: ToolPart }
  | { readonly type: 'proposal'; readonly proposal: Proposal }
  /** The conversation's current title. */
  | { readonly type: 'title'; readonly title: string }

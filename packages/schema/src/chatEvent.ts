import type { EntityKind } from './entity/kinds.ts'

/**
 * What a conversation is made of, and what comes over a stream of one. Said as types, where the schemas in chat.ts are
 * held against them: the client's package takes them along, and no schema.
 */

/** A step the model took by itself: a tool it called, and what came of it. */
export interface ToolPart {
  type: 'tool'
  callId: string
  name: string
  /** As the model gave it; a text where it was no JSON. */
  input: unknown
  state: 'running' | 'done' | 'failed'
  output?: unknown
}

export type MessagePart =
  | { type: 'text'; text: string }
  /** What some models think before they answer. */
  | { type: 'reasoning'; text: string }
  | ToolPart

export interface Message {
  id: string
  /** What it answers, or goes on from; null for the first. */
  parentId: string | null
  role: 'user' | 'assistant'
  status: 'streaming' | 'complete' | 'stopped' | 'failed'
  parts: MessagePart[]
  /** How many steps it is made of. */
  seq: number
  /** What went wrong, as a sentence; what had arrived by then is in `parts`. */
  failure: string | null
  model: string | null
  finishReason: string | null
  inputTokens: number
  outputTokens: number
  /** Whether they are an estimate, since the endpoint did not say. */
  tokensEstimated: boolean
  /** How many messages before were left out of what the model was told. */
  omitted: number
  createdAt: Date
}

/** What a model would write into a world, if the person confirms it. */
export interface Proposal {
  id: string
  messageId: string
  kind: EntityKind
  /** What would be changed, or what was made; null for what is not made yet, or is gone. */
  entityId: string | null
  isUpdate: boolean
  /** What it would be given, by the names of its fields. */
  fields: Record<string, unknown>
  status: 'pending' | 'confirmed' | 'dismissed'
}

/** What comes over a stream of a conversation. Applied in order, and twice does no harm: each says where it belongs. */
export type ChatEvent =
  /** A message as it is now, whole; what was known of it is replaced, if that is not newer. */
  | { readonly type: 'message'; readonly message: Message; readonly headId: string | null }
  /** More of the part that is last, or the first of a new one. */
  | {
      readonly type: 'delta'
      readonly messageId: string
      readonly seq: number
      readonly of: 'text' | 'reasoning'
      readonly text: string
    }
  /** A tool that was called, or what came of it. */
  | { readonly type: 'tool'; readonly messageId: string; readonly seq: number; readonly part: ToolPart }
  | { readonly type: 'proposal'; readonly proposal: Proposal }
  /** What the conversation is called by now. */
  | { readonly type: 'title'; readonly title: string }

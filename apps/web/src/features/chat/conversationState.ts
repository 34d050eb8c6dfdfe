import type { RouterOutputs } from '../../lib/api.ts'

export type Conversation = RouterOutputs['conversation']['byId']
export type Message = Conversation['messages'][number]
export type MessagePart = Message['parts'][number]
export type ToolPart = Extract<MessagePart, { type: 'tool' }>
export type Proposal = Conversation['proposals'][number]

type Streamed<Stream> = Stream extends AsyncIterable<infer Event> ? Event : never
export type ChatEvent = Streamed<RouterOutputs['chat']['watch']>

/** The parts of a conversation that change while it is open. */
export type ConversationState = Pick<Conversation, 'title' | 'world' | 'headId' | 'messages' | 'proposals'>

/**
 * Applies an event to a conversation, in place. Known or older events change nothing, as the same one may arrive on two
 * streams.
 *
 * @returns false if an earlier event is missing, so that everything has to be fetched again
 */
export function applyEvent(state: ConversationState, event: ChatEvent): boolean {
  if (event.type === 'title') state.title = event.title
  else if (event.type === 'proposal') put(state.proposals, event.proposal)
  else if (event.type === 'message') {
    const known = state.messages.find(({ id }) => id === event.message.id)
    const isOlder =
      known && (known.seq > event.message.seq || (known.status !== 'streaming' && event.message.status === 'streaming'))
    if (!isOlder) put(state.messages, event.message)
    // A new message becomes the end of the branch shown.
    if (!known && event.headId) state.headId = event.headId
  } else {
    const message = state.messages.find(({ id }) => id === event.messageId)
    if (!message || event.seq > message.seq + 1) return false
    if (event.seq <= message.seq) return true
    message.seq = event.seq
    if (event.type === 'tool') {
      const index = message.parts.findIndex((part) => part.type === 'tool' && part.callId === event.part.callId)
      if (index < 0) message.parts.push(event.part)
      else message.parts[index] = event.part
    } else {
      const last = message.parts.at(-1)
      if (last?.type === event.of) last.text += event.text
      else message.parts.push({ type: event.of, text: event.text })
    }
  }
  return true
}

/**
 * Merges a fetched conversation, in place. Answers are stored slightly later than they are streamed, so what is known
 * may be newer.
 *
 * @param since events that arrived after it was requested
 */
export function mergeConversation(
  state: ConversationState,
  read: ConversationState,
  since: readonly ChatEvent[],
): void {
  state.world = read.world
  if (!since.some(({ type }) => type === 'title')) state.title = read.title
  if (!since.some(({ type }) => type === 'message')) state.headId = read.headId
  for (const message of read.messages) applyEvent(state, { type: 'message', message, headId: null })
  for (const proposal of read.proposals) put(state.proposals, proposal)
  for (const event of since) applyEvent(state, event)
}

function put<Item extends { readonly id: string }>(items: Item[], item: Item): void {
  const index = items.findIndex(({ id }) => id === item.id)
  if (index < 0) items.push(item)
  else items[index] = item
}

/** All alternatives of a message, oldest first. */
export function alternativesTo(messages: readonly Message[], message: Message): Message[] {
  return messages.filter(({ parentId, role }) => parentId === message.parentId && role === message.role)
}

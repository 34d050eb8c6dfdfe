import type { RouterOutputs } from '../../lib/api.ts'

export type Conversation = RouterOutputs['conversation']['byId']
export type Message = Conversation['messages'][number]
export type MessagePart = Message['parts'][number]
export type ToolPart = Extract<MessagePart, { type: 'tool' }>
export type Proposal = Conversation['proposals'][number]

type Streamed<Stream> = Stream extends AsyncIterable<infer Event> ? Event : never
export type ChatEvent = Streamed<RouterOutputs['chat']['watch']>

/** What of a conversation changes while one looks at it. */
export type ConversationState = Pick<Conversation, 'title' | 'world' | 'headId' | 'messages' | 'proposals'>

/**
 * Takes something that happened into a conversation, in place. What is known already, or older, changes nothing: the
 * same may come over two streams.
 *
 * @returns false where something before it is missing, so that all has to be read anew
 */
export function applyEvent(state: ConversationState, event: ChatEvent): boolean {
  if (event.type === 'title') state.title = event.title
  else if (event.type === 'proposal') put(state.proposals, event.proposal)
  else if (event.type === 'message') {
    const known = state.messages.find(({ id }) => id === event.message.id)
    const isOlder =
      known && (known.seq > event.message.seq || (known.status !== 'streaming' && event.message.status === 'streaming'))
    if (!isOlder) put(state.messages, event.message)
    // A message that is new here is where the conversation goes on.
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
 * Takes what was read of a conversation into it, in place. Answers are stored a little later than they come, so that what
 * is known may be newer.
 *
 * @param since what happened after it was asked for
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

/** All that was asked, or answered, in the same place, the oldest first. */
export function alternativesTo(messages: readonly Message[], message: Message): Message[] {
  return messages.filter(({ parentId, role }) => parentId === message.parentId && role === message.role)
}

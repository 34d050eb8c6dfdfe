/** The first message of a new conversation, sent once its page is shown. */
const firstMessages = new Map<string, string>()

export function keepFirstMessage(conversationId: string, text: string): void {
  firstMessages.set(conversationId, text)
}

export function takeFirstMessage(conversationId: string): string | undefined {
  const text = firstMessages.get(conversationId)
  firstMessages.delete(conversationId)
  return text
}

/** The messages from the first up to the given one; empty if that is not among them. */
export function branchTo<Message extends { readonly id: string; readonly parentId: string | null }>(
  messages: readonly Message[],
  headId: string | null,
): Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const branch: Message[] = []
  for (let message = byId.get(headId ?? ''); message; message = byId.get(message.parentId ?? ''))
    branch.unshift(message)
  return branch
}

type Part = { readonly type: 'text'; readonly text: string } | { readonly type: 'tool' | 'reasoning' }

/** The text of a message, without its tool calls. */
export function textOf({ parts }: { readonly parts: readonly Part[] }): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')
}

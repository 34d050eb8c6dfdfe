import { type Message, textOf } from '@worldloom/schema'
import type { ModelMessage } from 'ai'
import { estimateTokenCount } from 'tokenx'

/** The part of a conversation that the model is sent. */
export interface History {
  readonly messages: ModelMessage[]
  /** How many of the oldest messages were left out. */
  readonly omitted: number
  /** Estimated. */
  readonly tokens: number
}

/**
 * As much of a branch as fits, counted from its end. The last question is always included.
 *
 * @param budget tokens
 */
export function historyOf(branch: readonly Message[], budget: number): History {
  let tokens = 0
  let first = branch.length
  while (first > 0) {
    const message = branch[first - 1]
    if (!message) break
    const size = estimateTokens(message.parts)
    if (first < branch.length && tokens + size > budget) break
    tokens += size
    first--
  }
  // It starts with a question, as some models refuse anything else.
  while (first < branch.length - 1 && branch[first]?.role === 'assistant') first++
  return { messages: branch.slice(first).flatMap(toModelMessages), omitted: first, tokens }
}

/** Estimates the tokens of anything sent to or received from a model. */
export function estimateTokens(content: unknown): number {
  return estimateTokenCount(typeof content === 'string' ? content : JSON.stringify(content))
}

function toModelMessages({ role, parts }: Message): ModelMessage[] {
  if (role === 'user') return [{ role, content: textOf({ parts }) }]
  const messages: ModelMessage[] = []
  // Tool calls are followed by their results, and then by what the model said about them.
  for (const part of parts) {
    const last = messages.at(-1)
    if (part.type === 'text') {
      if (last?.role === 'assistant' && Array.isArray(last.content)) last.content.push(part)
      else messages.push({ role: 'assistant', content: [part] })
    } else if (part.type === 'tool') {
      const { callId: toolCallId, name: toolName, input } = part
      const call = { type: 'tool-call', toolCallId, toolName, input } as const
      const output =
        part.state === 'done'
          ? { type: 'text' as const, value: JSON.stringify(part.output) }
          : { type: 'error-text' as const, value: String(part.output ?? 'It was stopped.') }
      const result = { type: 'tool-result', toolCallId, toolName, output } as const
      const before = messages.at(-2)
      if (last?.role === 'tool' && before?.role === 'assistant' && Array.isArray(before.content)) {
        before.content.push(call)
        last.content.push(result)
        continue
      }
      if (last?.role === 'assistant' && Array.isArray(last.content)) last.content.push(call)
      else messages.push({ role: 'assistant', content: [call] })
      messages.push({ role: 'tool', content: [result] })
    }
  }
  return messages.length > 0 ? messages : [{ role: 'assistant', content: '(no answer)' }]
}

import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { branchTo, type conversationExportInput, textOf } from '@worldloom/schema'
import type { z } from 'zod'
import { findConversation } from './conversations.ts'

/** A conversation as Markdown. @throws {NotFoundError} */
export async function exportConversation(
  db: Database,
  principal: KnownPrincipal,
  { id, format }: z.output<typeof conversationExportInput>,
) {
  const conversation = await findConversation(db, principal, id)
  const { title, world, messages, headId } = conversation
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'conversation'
  if (format === 'json') {
    const text = `${JSON.stringify(conversation, null, 2)}\n`
    return { fileName: `${name}.json`, mediaType: 'application/json', text }
  }
  const lines = [`# ${title || 'Conversation'}`, ...(world ? [`About the world “${world.displayName}”.`] : [])]
  for (const { role, parts, model, failure } of branchTo(messages, headId)) {
    lines.push(`## ${role === 'user' ? 'You' : (model ?? 'Answer')}`)
    const said = textOf({ parts })
    if (said) lines.push(said)
    if (failure) lines.push(`_${failure}_`)
  }
  return { fileName: `${name}.md`, mediaType: 'text/markdown', text: `${lines.join('\n\n')}\n` }
}

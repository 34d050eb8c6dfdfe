import { z } from 'zod'
import type { Message, MessagePart, Proposal, ToolPart } from './chatEvent.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { nameField, searchField, text } from './text.ts'
import { timestamp } from './time.ts'

/** The longest message, whatever the installation's own limit is. */
export const longestMessage = 100_000

const messageField = text(longestMessage)
  .overwrite((value) => value.trim())
  .refine((value) => value !== '', 'Write something first')

export const conversationCreateInput = z.strictObject({
  /** The world it is about. Without one, the model can't read any. */
  worldId: idField.optional(),
  /** A scene of that world, at whose moment it is held: the model reads nothing of what is only known later. */
  atSceneId: idField.optional(),
})
export const conversationByIdInput = z.strictObject({ id: idField })
export const conversationListInput = z
  .strictObject({
    ...pageInput,
    worldId: idField.optional(),
    /** Only those whose title or messages contain this, ignoring case. */
    search: searchField.optional(),
  })
  .prefault({})
export const conversationRenameInput = z.strictObject({ id: idField, title: nameField })
export const conversationDeleteInput = z.strictObject({ id: idField })
export const conversationRestoreInput = z.strictObject({ id: idField })
/** Switches to the branch that a message is in. */
export const conversationShowInput = z.strictObject({ id: idField, messageId: idField })
export const exportFormats = ['markdown', 'json'] as const
export const conversationExportInput = z.strictObject({
  id: idField,
  /** `markdown`: the branch shown, for reading; `json`: everything. */
  format: z.enum(exportFormats, { error: 'Must be markdown or json' }).default('markdown'),
})

export const chatSendInput = z.strictObject({
  conversationId: idField,
  text: messageField,
  /** The answer it continues from. If omitted, the last of the branch shown. */
  parentId: idField.nullish(),
})
export const chatRetryInput = z.strictObject({
  /** Of the answer. */
  messageId: idField,
})
export const chatEditInput = z.strictObject({ messageId: idField, text: messageField })
export const chatStopInput = z.strictObject({ messageId: idField })
export const chatWatchInput = z.strictObject({
  conversationId: idField,
  /** How much of the answer one has already: the stream continues after it. */
  after: z.strictObject({ messageId: idField, seq: z.int().min(0) }).optional(),
})
export const chatConfirmInput = z.strictObject({
  proposalId: idField,
  /** The version to apply it to, if the entry was changed after the proposal. */
  entityVersion: z.int().min(1).optional(),
})
export const chatDismissInput = z.strictObject({ proposalId: idField })

/** The settings that configure a model. */
export const modelSettings = ['OPENAI_MODEL', 'OPENAI_API_KEY', 'OPENAI_BASE_URL'] as const

const toolPart = z.object({
  type: z.literal('tool'),
  callId: z.string(),
  name: z.string(),
  input: z.unknown(),
  state: z.enum(['running', 'done', 'failed']),
  output: z.unknown().optional(),
}) satisfies z.ZodType<ToolPart>

const messagePart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  toolPart,
]) satisfies z.ZodType<MessagePart>

export const messageAnswer = z
  .object({
    id: idField,
    parentId: idField.nullable(),
    role: z.enum(['user', 'assistant']),
    status: z.enum(['streaming', 'complete', 'stopped', 'failed']),
    parts: z.array(messagePart),
    seq: z.int(),
    failure: z.string().nullable(),
    model: z.string().nullable(),
    finishReason: z.string().nullable(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    tokensEstimated: z.boolean(),
    cost: z.number().nullable(),
    omitted: z.int(),
    createdAt: timestamp,
  })
  .meta({ id: 'Message' }) satisfies z.ZodType<Message>

export const proposalAnswer = z
  .object({
    id: idField,
    messageId: idField,
    kind: z.enum(entityKinds),
    entityId: idField.nullable(),
    isUpdate: z.boolean(),
    fields: z.record(z.string(), z.unknown()),
    status: z.enum(['pending', 'confirmed', 'dismissed']),
  })
  .meta({ id: 'Proposal' }) satisfies z.ZodType<Proposal>

const conversationShape = {
  id: idField,
  /** Null if it is not about a world. */
  world: z.object({ id: idField, displayName: z.string() }).nullable(),
  /** The scene at whose moment it is held; null if the model may read everything. */
  atScene: z.object({ id: idField, displayName: z.string() }).nullable(),
  title: z.string(),
  createdAt: timestamp,
  updatedAt: timestamp,
}
export const conversationSummary = z.object(conversationShape).meta({ id: 'ConversationSummary' })
export type ConversationSummary = z.output<typeof conversationSummary>
export const conversationAnswer = z
  .object({
    ...conversationShape,
    /** The last message of the branch shown; null while there are none. */
    headId: idField.nullable(),
    /** Of all branches, the oldest first. */
    messages: z.array(messageAnswer),
    proposals: z.array(proposalAnswer),
  })
  .meta({ id: 'Conversation' })

export const conversationExported = z
  .object({ fileName: z.string(), mediaType: z.string(), text: z.string() })
  .meta({ id: 'ConversationExport' })

export const chatStatus = z
  .object({
    isConfigured: z.boolean(),
    /** Which model answers; null while none is configured. */
    model: z.string().nullable(),
    /** The host that messages are sent to; null while none is configured. */
    host: z.string().nullable(),
    /** The settings that are missing. */
    missing: z.array(z.enum(modelSettings)),
    /** Characters. */
    longestMessage: z.int(),
    /** Of today (UTC). */
    usage: z.object({
      requests: z.int(),
      requestsPerDay: z.int(),
      tokens: z.int(),
      tokensPerDay: z.int(),
    }),
    /** Of this month (UTC), in US dollars; null if no prices are set. */
    cost: z
      .object({
        used: z.number(),
        /** Null if there is no limit. */
        perMonth: z.number().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ChatStatus' })

import type { KnownPrincipal } from '@worldloom/auth'
import { containing, type Database, decodeCursor, isAfter, timeKey, toPage } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type ConversationSummary,
  type conversationCreateInput,
  type conversationListInput,
  type Message,
  NotFoundError,
  type Proposal,
} from '@worldloom/schema'
import { findSceneView, findWorldById, limitOf, requireReach, selectReadableWorlds } from '@worldloom/worlds'
import { sql } from 'kysely'
import { jsonObjectFrom } from 'kysely/helpers/postgres'
import type { z } from 'zod'

/** How long a deleted conversation can be restored. */
const keptDays = 30

/** The caller's own conversations, in worlds that their key can reach. */
function selectOwn(db: Database, principal: KnownPrincipal, state: 'active' | 'deleted' = 'active') {
  const own = db
    .selectFrom('conversations')
    .where('conversations.userId', '=', principal.user.id)
    .where('conversations.deletedAt', state === 'active' ? 'is' : 'is not', null)
  const limited = limitOf(principal)
  return limited ? own.where('conversations.worldId', '=', sql<string>`any(${[...limited]}::uuid[])`) : own
}

const summaryColumns = [
  'conversations.id',
  'conversations.title',
  'conversations.createdAt',
  'conversations.updatedAt',
] as const

/** The world it is about, if the caller may still see it. */
function worldOf(db: Database, userId: string) {
  return jsonObjectFrom(
    selectReadableWorlds(db, userId)
      .clearSelect()
      .where('worlds.id', '=', sql.ref<string>('conversations.worldId'))
      .select(['worlds.id', 'worlds.displayName']),
  ).as('world')
}

/** The scene at whose moment it is held. */
function sceneOf(db: Database) {
  return jsonObjectFrom(
    db
      .selectFrom('entities')
      .where('entities.id', '=', sql.ref<string>('conversations.atSceneId'))
      .select(['entities.id', 'entities.displayName']),
  ).as('atScene')
}

/**
 * Starts a conversation.
 *
 * @throws {NotFoundError} if the caller may not see the world
 * @throws {BadInputError} for a scene that is not in it
 */
export async function createConversation(
  db: Database,
  principal: KnownPrincipal,
  { worldId, atSceneId }: z.output<typeof conversationCreateInput>,
): Promise<ConversationSummary> {
  if (worldId !== undefined) await findWorldById(db, principal, worldId)
  if (atSceneId !== undefined) await requireScene(db, principal, worldId, atSceneId)
  // A key that is limited to some worlds would not find the conversation again.
  else if (limitOf(principal)) throw new NotFoundError('world')
  const { id } = await db
    .insertInto('conversations')
    .values({ userId: principal.user.id, worldId: worldId ?? null, atSceneId: atSceneId ?? null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return await summarizeConversation(db, principal, id)
}

async function requireScene(
  db: Database,
  principal: KnownPrincipal,
  worldId: string | undefined,
  sceneId: string,
): Promise<void> {
  if (worldId === undefined) throw new BadInputError({ atSceneId: ['Needs the world that the scene is in'] })
  try {
    await findSceneView(db, principal, sceneId, worldId)
  } catch (error) {
    throw error instanceof NotFoundError
      ? new BadInputError({ atSceneId: ['There is no such scene in this world'] })
      : error
  }
}

/** @throws {NotFoundError} */
export async function summarizeConversation(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<ConversationSummary> {
  return await selectOwn(db, principal)
    .where('conversations.id', '=', id)
    .select(summaryColumns)
    .select([worldOf(db, principal.user.id), sceneOf(db)])
    .executeTakeFirstOrThrow(() => new NotFoundError('conversation'))
}

/** The caller's own, most recently active first. @throws {NotFoundError | BadCursorError} */
export async function listConversations(
  db: Database,
  principal: KnownPrincipal,
  { worldId, search, limit, cursor }: z.output<typeof conversationListInput>,
) {
  if (worldId) requireReach(principal, worldId)
  const list = ['conversations', worldId ?? '', search ?? ''].join(':')
  // conversations_updated_at_idx
  const sortKey = timeKey(sql`conversations.updated_at`)
  let query = selectOwn(db, principal)
    .select([...summaryColumns, sortKey.text.as('sortKey')])
    .select([worldOf(db, principal.user.id), sceneOf(db)])
    .orderBy('conversations.updatedAt', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(limit + 1)
  if (worldId) query = query.where('conversations.worldId', '=', worldId)
  if (search) {
    query = query.where(
      sql<boolean>`(${containing(search, ['conversations.title'])} or exists (
        select from messages, json_array_elements(messages.parts) as part
        where messages.conversation_id = conversations.id
          and part ->> 'type' = 'text' and ${containing(search, [sql`part ->> 'text'`])}
      ))`,
    )
  }
  if (cursor) query = query.where(isAfter(sortKey, sql`conversations.id`, 'desc', decodeCursor(list, cursor, sortKey)))
  return toPage(list, await query.execute(), limit)
}

/** A whole conversation. @throws {NotFoundError} */
export async function findConversation(db: Database, principal: KnownPrincipal, id: string) {
  const conversation = await selectOwn(db, principal)
    .where('conversations.id', '=', id)
    .select([...summaryColumns, 'conversations.headId'])
    .select([worldOf(db, principal.user.id), sceneOf(db)])
    .executeTakeFirstOrThrow(() => new NotFoundError('conversation'))
  const messages = await findMessages(db, id)
  const proposals = await db
    .selectFrom('proposals')
    .where('conversationId', '=', id)
    .select(proposalColumns)
    .orderBy('id')
    .$castTo<Proposal>() // fields are as proposed, named as in the definition
    .execute()
  return { ...conversation, messages, proposals }
}

export const proposalColumns = [
  'proposals.id',
  'proposals.messageId',
  'proposals.kind',
  'proposals.entityId',
  'proposals.isUpdate',
  'proposals.fields',
  'proposals.status',
] as const

export const messageColumns = [
  'messages.id',
  'messages.parentId',
  'messages.role',
  'messages.status',
  'messages.parts',
  'messages.seq',
  'messages.failure',
  'messages.model',
  'messages.finishReason',
  'messages.inputTokens',
  'messages.outputTokens',
  'messages.tokensEstimated',
  'messages.omitted',
  sql<number | null>`(messages.cost_micros / 1000000.0)::float8`.as('cost'),
  'messages.createdAt',
] as const

/** Of all branches, the oldest first. */
export async function findMessages(db: Database, conversationId: string): Promise<Message[]> {
  return await db
    .selectFrom('messages')
    .where('conversationId', '=', conversationId)
    .select(messageColumns)
    .orderBy('id')
    .$castTo<Message>() // parts are as stored: see `messagePart`
    .execute()
}

/** One of the caller's own messages. @throws {NotFoundError} */
export async function findMessage(db: Database, principal: KnownPrincipal, id: string) {
  return await selectOwn(db, principal)
    .innerJoin('messages', 'messages.conversationId', 'conversations.id')
    .where('messages.id', '=', id)
    .select([...messageColumns, 'messages.conversationId', 'conversations.headId'])
    .$castTo<Message & { conversationId: string; headId: string | null }>() // as above
    .executeTakeFirstOrThrow(() => new NotFoundError('message'))
}

export interface LockedConversation {
  readonly id: string
  readonly worldId: string | null
  readonly atSceneId: string | null
  readonly headId: string | null
  readonly title: string
}

/**
 * Locks it until the end of the transaction, so that two messages sent at once follow each other. @throws
 * {NotFoundError}
 */
export async function lockConversation(
  trx: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<LockedConversation> {
  return await selectOwn(trx, principal)
    .where('conversations.id', '=', id)
    .select(['conversations.id', 'conversations.worldId', 'conversations.atSceneId'])
    .select(['conversations.headId', 'conversations.title'])
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('conversation'))
}

/** @throws {NotFoundError} */
export async function renameConversation(
  db: Database,
  principal: KnownPrincipal,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<ConversationSummary> {
  await summarizeConversation(db, principal, id)
  await db.updateTable('conversations').set({ title, titleBy: 'person' }).where('id', '=', id).execute()
  return await summarizeConversation(db, principal, id)
}

/** Switches to the branch that a message is in, at its most recent end. @throws {NotFoundError} */
export async function showBranch(
  db: Database,
  principal: KnownPrincipal,
  { id, messageId }: { readonly id: string; readonly messageId: string },
): Promise<{ headId: string }> {
  await summarizeConversation(db, principal, id)
  const messages = await findMessages(db, id)
  if (!messages.some((message) => message.id === messageId)) throw new NotFoundError('message')
  let headId = messageId
  for (;;) {
    const next = messages.findLast(({ parentId }) => parentId === headId)
    if (!next) break
    headId = next.id
  }
  await db.updateTable('conversations').set({ headId }).where('id', '=', id).execute()
  return { headId }
}

/** @throws {NotFoundError} @throws {ConflictError} while an answer is being written */
export async function deleteConversation(db: Database, principal: KnownPrincipal, id: string): Promise<{ id: string }> {
  await summarizeConversation(db, principal, id)
  const running = await db
    .selectFrom('messages')
    .where('conversationId', '=', id)
    .where('status', '=', 'streaming')
    .select('id')
    .executeTakeFirst()
  if (running) throw new ConflictError('An answer is still being written in this conversation. Stop it first.')
  await db.updateTable('conversations').set({ deletedAt: new Date() }).where('id', '=', id).execute()
  return { id }
}

/** @throws {NotFoundError} */
export async function restoreConversation(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<ConversationSummary> {
  await selectOwn(db, principal, 'deleted')
    .where('conversations.id', '=', id)
    .select('conversations.id')
    .executeTakeFirstOrThrow(() => new NotFoundError('conversation'))
  await db.updateTable('conversations').set({ deletedAt: null }).where('id', '=', id).execute()
  return await summarizeConversation(db, principal, id)
}

/** Permanently removes those deleted some time ago. */
export async function deleteOldConversations(db: Database): Promise<void> {
  await db
    .deleteFrom('conversations')
    .where('deletedAt', '<', new Date(Date.now() - keptDays * 86_400_000))
    .execute()
}

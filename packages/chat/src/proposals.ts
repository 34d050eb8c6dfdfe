import { checkAccess, type KnownPrincipal, recordEvent } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  badInput,
  ConflictError,
  type chatConfirmInput,
  type EntityDefinition,
  entities,
  NotFoundError,
  type Proposal,
} from '@worldloom/schema'
import {
  type AnyEntity,
  createEntity,
  createsEntities,
  requireWorldRole,
  updateEntity,
  updatesEntities,
  type Writer,
} from '@worldloom/worlds'
import type { z } from 'zod'
import { cleanJson } from './cleanText.ts'
import { proposalColumns } from './conversations.ts'

/** Who a change is proposed to, where, and in which answer. */
export interface ProposalScope {
  readonly db: Database
  readonly principal: KnownPrincipal
  readonly worldId: string
  readonly conversationId: string
  readonly messageId: string
  readonly onProposed: (proposed: Proposal) => void
}

/** Told to the model. */
export const noteOnProposal = 'The author sees a card now. Nothing is written until they confirm it.'

/** The most proposals per answer. */
const mostProposals = 10

type Fields = Record<string, unknown>

/** @throws {BadInputError | RoleTooLowError | NotPermittedError | ConflictError} told to the model */
export async function proposeCreation(scope: ProposalScope, definition: EntityDefinition, given: Fields) {
  checkAccess(scope.principal, createsEntities)
  const fields = cleanJson(given) as Fields // an object stays an object
  check(definition.createInput, { ...fields, worldId: scope.worldId })
  return await propose(scope, { kind: definition.kind, fields, entityId: null, version: null, isUpdate: false })
}

/** @throws {BadInputError | RoleTooLowError | NotPermittedError | ConflictError} told to the model */
export async function proposeUpdate(
  scope: ProposalScope,
  definition: EntityDefinition,
  { id, version }: AnyEntity,
  given: Fields,
) {
  checkAccess(scope.principal, updatesEntities)
  const fields = cleanJson(given) as Fields // an object stays an object
  if (Object.keys(fields).length === 0) throw new BadInputError({ fields: ['Give at least one field to change'] })
  check(definition.updateInput.omit({ merge: true }), { ...fields, id, version })
  return await propose(scope, { kind: definition.kind, fields, entityId: id, version, isUpdate: true })
}

function check(schema: z.ZodType, input: Fields): void {
  const { error } = schema.safeParse(input)
  if (error) throw badInput(error)
}

/** @param count how many the answer has made already. @throws {ConflictError} */
export function requireFew(count: number): void {
  if (count >= mostProposals) throw new ConflictError('This answer has reached its limit of proposals.')
}

async function propose(
  { db, principal, worldId, conversationId, messageId, onProposed }: ProposalScope,
  { fields, ...proposal }: Pick<Proposal, 'kind' | 'fields' | 'entityId' | 'isUpdate'> & { version: number | null },
) {
  await requireWorldRole(db, principal, worldId, 'editor')
  const { count } = await db
    .selectFrom('proposals')
    .where('messageId', '=', messageId)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  requireFew(Number(count))
  const proposed = await db
    .insertInto('proposals')
    .values({ ...proposal, conversationId, messageId, fields: JSON.stringify(fields) })
    .returning(proposalColumns)
    .$castTo<Proposal>() // fields are as given
    .executeTakeFirstOrThrow()
  onProposed(proposed)
  return { proposalId: proposed.id, note: noteOnProposal }
}

/**
 * Applies a proposal as the person who confirms it, with their current permissions, through the same functions as the
 * procedures that create and update.
 *
 * @throws {NotFoundError} if it is not from one of the caller's conversations
 * @throws {ConflictError} if it was decided already
 * @throws {ChangedError} if the entry was changed meanwhile; send its current version
 */
export async function confirmProposal(
  db: Database,
  { principal, actor }: Writer,
  { proposalId, entityVersion }: z.output<typeof chatConfirmInput>,
): Promise<Proposal & { readonly conversationId: string }> {
  return await inTransaction(db, async (trx) => {
    const proposal = await lockProposal(trx, principal, proposalId)
    const definition: EntityDefinition = entities[proposal.kind]
    const fields = proposal.fields as Fields // as `propose` stored them
    const writer = { principal, actor: { ...actor, viaChat: true } }
    checkAccess(principal, proposal.isUpdate ? updatesEntities : createsEntities)
    if (proposal.isUpdate && !proposal.entityId) throw new NotFoundError(definition.wording.one)
    const entity = proposal.isUpdate
      ? await updateEntity(
          trx,
          writer,
          definition,
          definition.updateInput.parse({
            ...fields,
            id: proposal.entityId,
            version: entityVersion ?? proposal.version,
            // What the person confirms is a change of what the model had read.
            merge: false,
          }) as Parameters<typeof updateEntity>[3], // validated by the definition's schema
        )
      : await createEntity(
          trx,
          writer,
          definition,
          definition.createInput.parse({ ...fields, worldId: proposal.worldId }) as Parameters<typeof createEntity>[3], // as above
        )
    const decided = await decide(trx, proposalId, 'confirmed', entity.id)
    await recordEvent(trx, actor, {
      action: proposal.isUpdate ? 'entity.update' : 'entity.create',
      subject: { kind: entity.kind, id: entity.id, name: entity.displayName },
      details: { via: 'chat', proposalId, conversationId: proposal.conversationId },
    })
    return { ...decided, conversationId: proposal.conversationId }
  })
}

/** @throws {NotFoundError | ConflictError} */
export async function dismissProposal(
  db: Database,
  principal: KnownPrincipal,
  proposalId: string,
): Promise<Proposal & { readonly conversationId: string }> {
  return await inTransaction(db, async (trx) => {
    const { conversationId, entityId } = await lockProposal(trx, principal, proposalId)
    return { ...(await decide(trx, proposalId, 'dismissed', entityId)), conversationId }
  })
}

async function lockProposal(trx: Database, principal: KnownPrincipal, id: string) {
  const proposal = await trx
    .selectFrom('proposals')
    .innerJoin('conversations', 'conversations.id', 'proposals.conversationId')
    .where('proposals.id', '=', id)
    .where('conversations.userId', '=', principal.user.id)
    .where('conversations.deletedAt', 'is', null)
    .select([...proposalColumns, 'proposals.version', 'proposals.conversationId', 'conversations.worldId'])
    .forUpdate('proposals')
    .executeTakeFirstOrThrow(() => new NotFoundError('proposal'))
  if (proposal.status !== 'pending') throw new ConflictError(`This proposal was already ${proposal.status}.`)
  return proposal
}

async function decide(trx: Database, id: string, status: 'confirmed' | 'dismissed', entityId: string | null) {
  return await trx
    .updateTable('proposals')
    .set({ status, entityId, decidedAt: new Date() })
    .where('id', '=', id)
    .returning(proposalColumns)
    .$castTo<Proposal>() // fields are as given
    .executeTakeFirstOrThrow()
}

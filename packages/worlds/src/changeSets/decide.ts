import { type KnownPrincipal, recordEvent, requirePermission } from '@worldloom/auth'
import { afterCommit, type Database, inTransaction } from '@worldloom/db'
import {
  type ChangeSet,
  type ChangeSetDetails,
  ConflictError,
  NotFoundError,
  NotPermittedError,
  type ProposedChange,
  type ProposedChangeInput,
} from '@worldloom/schema'
import { announce, proposalsChannel } from '../live/announce.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'
import { applyChanges, lockTargets } from './apply.ts'
import { compareChanges, etagOf } from './compare.ts'
import { findChangeSet } from './list.ts'

/**
 * A change set with what it would change, or, once it is decided, what it would have changed then.
 *
 * @throws {NotFoundError} also for anybody but members of its world
 */
export async function readChangeSet(db: Database, principal: KnownPrincipal, id: string): Promise<ChangeSetDetails> {
  const changeSet = await findChangeSet(db, principal, id)
  const { changes, decidedOn } = await db
    .selectFrom('changeSets')
    .where('id', '=', id)
    .select(['changes', 'decidedOn'])
    .$castTo<{ changes: ProposedChangeInput[]; decidedOn: ProposedChange[] | null }>() // as they were written
    .executeTakeFirstOrThrow(() => new NotFoundError('change set'))
  if (decidedOn) return { changeSet, etag: etagOf(id, []), changes: decidedOn }
  return { changeSet, ...(await compareChanges(db, principal, changeSet, changes)) }
}

/**
 * Makes the changes of a change set, in one transaction and one request, as the person who confirms them.
 *
 * @param etag as it was read
 * @throws {NotFoundError | RoleTooLowError | NotPermittedError}
 * @throws {ConflictError} if it was decided already, or if something has changed since it was read
 * @throws as the functions that make the changes
 */
export async function confirmChangeSet(
  db: Database,
  writer: Writer,
  { id, etag }: { readonly id: string; readonly etag: string },
): Promise<ChangeSet> {
  const { principal, actor } = writer
  return await inTransaction(db, async (trx) => {
    const { worldId, title, changes, viaChat } = await lockChangeSet(trx, principal, id)
    await requireWorldRole(trx, principal, worldId, 'editor')
    requirePermissions(principal, changes)
    const targets = await lockTargets(trx, worldId, changes)
    if (etagOf(id, targets.values()) !== etag) {
      throw new ConflictError('Something that this changes was changed since you looked at it. Look at it again first.')
    }
    const { changes: compared } = await compareChanges(trx, principal, { id, worldId }, changes)
    await recordEvent(trx, actor, {
      action: 'changeSet.confirm',
      subject: { kind: 'changeSet', id, name: title },
      details: { worldId, count: changes.length },
    })
    await decide(trx, principal, { id, worldId }, 'confirmed', compared, actor.requestId ?? null)
    const confirmed = await findChangeSet(trx, principal, id)
    // Last, as no other change to the world can be logged from then on.
    await applyChanges(trx, { principal, actor: { ...actor, viaChat } }, worldId, changes, targets, 'current')
    return confirmed
  })
}

/**
 * Dismisses a change set: as an editor of its world, or, with any credential, what was proposed with that.
 *
 * @throws {NotFoundError | RoleTooLowError | NotPermittedError}
 * @throws {ConflictError} if it was decided already
 */
export async function dismissChangeSet(db: Database, { principal, actor }: Writer, id: string): Promise<ChangeSet> {
  return await inTransaction(db, async (trx) => {
    const { worldId, title, changes, apiKeyId } = await lockChangeSet(trx, principal, id)
    await requireWorldRole(trx, principal, worldId, 'editor')
    // A program can take back what it has proposed. The rest is for people to decide.
    if (principal.kind === 'apiKey' && apiKeyId !== principal.apiKeyId) throw new NotPermittedError('entity:update')
    const { changes: compared } = await compareChanges(trx, principal, { id, worldId }, changes)
    await recordEvent(trx, actor, {
      action: 'changeSet.dismiss',
      subject: { kind: 'changeSet', id, name: title },
      details: { worldId },
    })
    await decide(trx, principal, { id, worldId }, 'dismissed', compared, null)
    return await findChangeSet(trx, principal, id)
  })
}

interface LockedChangeSet {
  readonly worldId: string
  readonly title: string
  readonly changes: ProposedChangeInput[]
  readonly apiKeyId: string | null
  readonly viaChat: boolean
}

async function lockChangeSet(trx: Database, principal: KnownPrincipal, id: string) {
  await findChangeSet(trx, principal, id)
  const locked = await trx
    .selectFrom('changeSets')
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .select(['worldId', 'title', 'changes', 'apiKeyId', 'viaChat'])
    .$castTo<LockedChangeSet>() // as written
    .forUpdate()
    .executeTakeFirst()
  if (!locked) {
    const { status } = await findChangeSet(trx, principal, id)
    throw new ConflictError(
      status === 'dismissed' ? 'This proposal was already dismissed.' : 'This proposal was already confirmed.',
    )
  }
  return locked
}

/** @throws {NotPermittedError} for what the person could not do by themselves */
function requirePermissions(principal: KnownPrincipal, changes: readonly ProposedChangeInput[]): void {
  const actions = new Set(changes.map(({ action }) => action))
  if (actions.has('create') || actions.has('link')) requirePermission(principal, 'entity:create')
  if (actions.has('update')) requirePermission(principal, 'entity:update')
  if (actions.has('delete')) requirePermission(principal, 'entity:delete')
}

async function decide(
  trx: Database,
  principal: KnownPrincipal,
  { id, worldId }: { readonly id: string; readonly worldId: string },
  status: 'confirmed' | 'dismissed',
  compared: readonly ProposedChange[],
  requestId: string | null,
): Promise<void> {
  await trx
    .updateTable('changeSets')
    .set({
      ...{ status, requestId, decidedAt: new Date(), decidedBy: principal.user.id },
      decidedOn: JSON.stringify(compared),
    })
    .where('id', '=', id)
    .execute()
  afterCommit(trx, (db) => announce(db, proposalsChannel, worldId))
}

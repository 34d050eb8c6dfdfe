import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  ChangedError,
  ConflictError,
  type EntityKind,
  maxViews,
  NotFoundError,
  settingsFault,
  type View,
  type ViewSettings,
  type viewCreateInput,
  type viewDeleteInput,
  type viewListInput,
  type viewUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { notFoundAs } from './notFoundAs.ts'
import { requireReach } from './reach.ts'
import { requireRole, requireWorldRole } from './worlds/authorize.ts'
import { findWorldById } from './worlds/read.ts'

const columns = [
  ...(['id', 'worldId', 'kind', 'name', 'isShared', 'ownerId', 'settings'] as const),
  ...(['version', 'createdAt', 'updatedAt'] as const),
]

/** The views of a kind in a world that the caller can use: their own, then those that others share; each by name. @throws {NotFoundError} */
export async function listViews(
  db: Database,
  principal: KnownPrincipal,
  { worldId, kind }: z.output<typeof viewListInput>,
): Promise<{ items: View[] }> {
  await findWorldById(db, principal, worldId)
  const items = await db
    .selectFrom('views')
    .select(columns)
    .where('worldId', '=', worldId)
    .where('kind', '=', kind)
    .where(({ eb, or }) => or([eb('ownerId', '=', principal.user.id), eb('isShared', '=', true)]))
    .orderBy(({ eb }) => eb('ownerId', '<>', principal.user.id))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(1000)
    .$castTo<View>() // the settings as createView has checked them
    .execute()
  return { items }
}

/** @throws {BadInputError} */
function requireFitting(kind: EntityKind, settings: ViewSettings): void {
  const faults = settingsFault(kind, settings)
  if (faults) throw new BadInputError(faults)
}

/** @throws {NotFoundError | RoleTooLowError | BadInputError | TakenError} @throws {ConflictError} if they saved as many as they can */
export async function createView(
  db: Database,
  principal: KnownPrincipal,
  { worldId, kind, name, isShared, settings }: z.output<typeof viewCreateInput>,
): Promise<View> {
  requireFitting(kind, settings)
  return await inTransaction(db, async (trx) => {
    const world = await findWorldById(trx, principal, worldId)
    if (isShared) requireRole(world.role, 'editor')
    // One after the other, so that several at once can't be more than there may be.
    await trx.selectFrom('users').select('id').where('id', '=', principal.user.id).forNoKeyUpdate().execute()
    const { count } = await trx
      .selectFrom('views')
      .where('worldId', '=', worldId)
      .where('ownerId', '=', principal.user.id)
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    if (count >= maxViews) throw new ConflictError(`You can save ${maxViews} views of a world. Delete one first.`)
    return await trx
      .insertInto('views')
      .values({ worldId, kind, name, isShared, ownerId: principal.user.id, settings: JSON.stringify(settings) })
      .returning(columns)
      .$castTo<View>() // as above
      .executeTakeFirstOrThrow()
  })
}

/**
 * Locks a view for a change by who saved it or, for a shared one, by whoever owns its world.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
async function lockView(
  trx: Database,
  principal: KnownPrincipal,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<View> {
  const view = await trx
    .selectFrom('views')
    .select(columns)
    .where('id', '=', id)
    .where(({ eb, or }) => or([eb('ownerId', '=', principal.user.id), eb('isShared', '=', true)]))
    .forNoKeyUpdate()
    .$castTo<View>() // as above
    .executeTakeFirst()
  if (!view) throw new NotFoundError('view')
  requireReach(principal, view.worldId)
  const world = await findWorldById(trx, principal, view.worldId).catch(notFoundAs('view'))
  if (view.ownerId !== principal.user.id) requireRole(world.role, 'owner')
  if (view.version !== version) throw new ChangedError('view', view)
  return view
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError | BadInputError | TakenError} */
export async function updateView(
  db: Database,
  principal: KnownPrincipal,
  { id, version, name, isShared, settings }: z.output<typeof viewUpdateInput>,
): Promise<View> {
  return await inTransaction(db, async (trx) => {
    const before = await lockView(trx, principal, { id, version })
    if (settings) requireFitting(before.kind, settings)
    if (isShared && !before.isShared) await requireWorldRole(trx, principal, before.worldId, 'editor')
    return await trx
      .updateTable('views')
      .set({
        name: name ?? before.name,
        isShared: isShared ?? before.isShared,
        ...(settings && { settings: JSON.stringify(settings) }),
      })
      .where('id', '=', id)
      .returning(columns)
      .$castTo<View>() // as above
      .executeTakeFirstOrThrow()
  })
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function deleteView(
  db: Database,
  principal: KnownPrincipal,
  input: z.output<typeof viewDeleteInput>,
): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    await lockView(trx, principal, input)
    await trx.deleteFrom('views').where('id', '=', input.id).execute()
    return { id: input.id }
  })
}

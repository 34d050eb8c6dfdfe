import { type KnownPrincipal, recordEvent } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { ConflictError, type EntityDefinition, entities, type entityDeleteInput, entityKinds } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { changeOf, recordChanges } from '../changes/record.ts'
import type { Writer } from '../writer.ts'
import { lockForChange } from './lock.ts'
import { naming } from './naming.ts'
import { findEntity } from './read.ts'
import type { AnyEntity } from './select.ts'

/** What the change log says of an entry. */
const changedColumns = ['id', 'kind', 'displayName', 'version'] as const

/**
 * Moves an entry to the trash together with its contents.
 *
 * @returns how many other entries went with it
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function deleteEntity(
  db: Database,
  { actor, principal }: Writer,
  definition: EntityDefinition,
  { id, version }: z.output<typeof entityDeleteInput>,
): Promise<{ id: string; along: number }> {
  return await inTransaction(db, async (trx) => {
    const { worldId, displayName } = await lockForChange(trx, principal, definition, id, { version })
    const deletedAt = new Date()
    const deleted = await trx
      .updateTable('entities')
      .set({ deletedAt })
      .where('id', '=', id)
      .returning(changedColumns)
      .execute()
    // Level by level: a concurrent insert holds a lock on the parent, so the new entry is visible once the level above
    // is done.
    for (let level = [id]; level.length > 0; ) {
      const below = await trx
        .updateTable('entities')
        .set({ deletedAt, deletedWith: id })
        .where('deletedAt', 'is', null)
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('entityParents')
            .select(({ ref }) => ref('entityParents.id').$notNull().as('id'))
            .where('entityParents.parentId', 'in', level),
        )
        .returning(changedColumns)
        .execute()
      deleted.push(...below)
      level = below.map((row) => row.id)
    }
    const along = deleted.length - 1
    const subject = { kind: definition.kind, id, name: displayName }
    await recordEvent(trx, actor, { action: 'entity.delete', subject, details: { along } })
    await recordChanges(
      trx,
      actor,
      worldId,
      deleted.map((entity) => changeOf('delete', entity)),
    )
    return { id, along }
  })
}

/** How much would go into the trash with an entry, by kind, in the order of kinds. */
export async function countWithin(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<{ total: number; kinds: Partial<Record<EntityDefinition['kind'], number>> }> {
  await findEntity(db, principal, definition, id)
  const rows = await db
    .withRecursive('within', (cte) =>
      cte
        .selectFrom('entityParents')
        .select('entityParents.id')
        .where('entityParents.parentId', '=', id)
        .union(
          cte
            .selectFrom('within')
            .innerJoin('entityParents', 'entityParents.parentId', 'within.id')
            .select('entityParents.id'),
        ),
    )
    .selectFrom('within')
    .innerJoin('entities', 'entities.id', 'within.id')
    .where('entities.deletedAt', 'is', null)
    .select(['entities.kind', sql<number>`count(*)::int`.as('count')])
    .groupBy('entities.kind')
    .execute()
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    kinds: Object.fromEntries(
      entityKinds.flatMap((kind) => rows.filter((row) => row.kind === kind).map(({ count }) => [kind, count])),
    ),
  }
}

/**
 * Restores an entry from the trash, with what went there with it.
 *
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {ConflictError} if its parent is in the trash
 * @throws {ConflictError} if one of the names has been taken meanwhile
 */
export async function restoreEntity(
  db: Database,
  { actor, principal }: Writer,
  definition: EntityDefinition,
  id: string,
): Promise<AnyEntity> {
  return await inTransaction(db, async (trx) => {
    const { worldId, displayName } = await lockForChange(trx, principal, definition, id, { state: 'trash' })
    await requireParent(trx, id)
    await requireNames(trx, id)
    const restored = await naming(definition, () =>
      trx
        .updateTable('entities')
        .set({ deletedAt: null, deletedWith: null })
        .where(({ eb, or }) => or([eb('id', '=', id), eb('deletedWith', '=', id)]))
        .returning(changedColumns)
        .execute(),
    )
    const subject = { kind: definition.kind, id, name: displayName }
    await recordEvent(trx, actor, { action: 'entity.restore', subject, details: { along: restored.length - 1 } })
    await recordChanges(
      trx,
      actor,
      worldId,
      restored.map((entity) => changeOf('restore', entity)),
    )
    return await findEntity(trx, principal, definition, id)
  })
}

async function requireParent(trx: Database, id: string): Promise<void> {
  const parent = await trx
    .selectFrom('entityParents')
    .innerJoin('entities', 'entities.id', 'entityParents.parentId')
    .select(['entities.kind', 'entities.displayName', 'entities.deletedAt'])
    .where('entityParents.id', '=', id)
    .forShare('entities')
    .executeTakeFirst()
  if (!parent?.deletedAt) return
  throw new ConflictError(
    `It belongs to the ${entities[parent.kind].wording.one} “${parent.displayName}”, which is also in the trash. Restore that first.`,
  )
}

async function requireNames(trx: Database, id: string): Promise<void> {
  const taken = await trx
    .selectFrom('entities as trashed')
    .innerJoin('entities', (join) =>
      join
        .onRef('entities.worldId', '=', 'trashed.worldId')
        .onRef('entities.kind', '=', 'trashed.kind')
        .on(sql`lower(entities.name)`, '=', sql`lower(trashed.name)`)
        .on('entities.deletedAt', 'is', null),
    )
    .where(({ eb, or }) => or([eb('trashed.id', '=', id), eb('trashed.deletedWith', '=', id)]))
    .select(['entities.kind', 'entities.name'])
    .limit(1)
    .executeTakeFirst()
  if (!taken) return
  throw new ConflictError(
    `There is now another ${entities[taken.kind].wording.one} named “${taken.name}”. Rename it first.`,
  )
}

import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  type bulkDeleteInput,
  type bulkMoveInput,
  type bulkRestoreInput,
  type bulkTagInput,
  type EntityKind,
  entities,
} from '@worldloom/schema'
import type { z } from 'zod'
import { setTags } from '../records/tags.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'
import { findLinks } from './links.ts'
import { isNesting, lockNesting } from './references.ts'
import { deleteEntity, restoreEntity } from './trash.ts'
import { moveEntity, updateEntity } from './write.ts'

interface Chosen {
  readonly id: string
  readonly kind: EntityKind
  readonly version: number
}

/**
 * Locks entries of a world that are to be changed together, always in the same order.
 *
 * @throws {NotFoundError | RoleTooLowError} for the world
 * @throws {BadInputError} if one of them is not there
 */
async function lockAll(
  trx: Database,
  { principal }: Writer,
  { worldId, ids }: { readonly worldId: string; readonly ids: readonly string[] },
  state: 'active' | 'trash',
): Promise<Chosen[]> {
  await requireWorldRole(trx, principal, worldId, 'editor')
  const wanted = new Set(ids)
  const found = await trx
    .selectFrom('entities')
    .select(['id', 'kind', 'version'])
    .where('worldId', '=', worldId)
    .where('id', 'in', [...wanted])
    .where('deletedAt', state === 'active' ? 'is' : 'is not', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  if (found.length < wanted.size) {
    const missing = wanted.size - found.length
    const where = state === 'active' ? 'in this world any more' : 'in its trash any more'
    throw new BadInputError({
      ids: [`${missing} of them ${missing === 1 ? 'is' : 'are'} not ${where}. Load the list again`],
    })
  }
  return found
}

/**
 * Gives tags to entries of a world, and takes others from them: all at once, or none.
 *
 * @returns how many entries it changed
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 */
export async function tagEntries(
  db: Database,
  writer: Writer,
  { add, remove, ...which }: z.output<typeof bulkTagInput>,
): Promise<{ changed: number }> {
  return await inTransaction(db, async (trx) => {
    const chosen = await lockAll(trx, writer, which, 'active')
    const deletedTags = new Set(
      (
        await trx
          .selectFrom('tags')
          .select('id')
          .where('worldId', '=', which.worldId)
          .where('deletedAt', 'is not', null)
          .execute()
      ).map(({ id }) => id),
    )
    const links = await findLinks(trx, chosen)
    let changed = 0
    for (const { id, version } of chosen) {
      const before = (links.get(id)?.tagIds ?? []).filter((tagId) => !deletedTags.has(tagId))
      const after = new Set(before)
      for (const tagId of add) after.add(tagId)
      for (const tagId of remove) after.delete(tagId)
      if (after.size === before.length && before.every((tagId) => after.has(tagId))) continue
      await setTags(trx, writer, { id, version, tagIds: [...after] })
      changed++
    }
    return { changed }
  })
}

/**
 * Moves entries of one kind into another parent, in the order in which they were given: all at once, or none.
 *
 * @returns how many entries it changed
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 */
export async function moveEntries(
  db: Database,
  writer: Writer,
  { parentId, afterId, ...which }: z.output<typeof bulkMoveInput>,
): Promise<{ changed: number }> {
  return await inTransaction(db, async (trx) => {
    await lockNestingOf(trx, writer, which, parentId)
    const chosen = await lockAll(trx, writer, which, 'active')
    const kinds = new Set(chosen.map(({ kind }) => kind))
    const [kind] = kinds
    const definition = kind && entities[kind]
    if (kinds.size > 1 || !definition) throw new BadInputError({ ids: ['Must be of one kind'] })
    const { parent, ordered, wording } = definition
    if (!parent) throw new BadInputError({ ids: [`A ${wording.one} lies in nothing that it could be moved from`] })
    if (parentId === null && parent.required)
      throw new BadInputError({ parentId: [`Choose a ${entities[parent.kind].wording.one}`] })
    const versions = new Map(chosen.map(({ id, version }) => [id, version]))
    if (afterId && versions.has(afterId)) throw new BadInputError({ afterId: ['Is one of those that are moved'] })
    if (afterId !== undefined && !ordered)
      throw new BadInputError({ afterId: [`A ${wording.one} has no place in an order`] })
    let after = afterId
    for (const id of new Set(which.ids)) {
      if (ordered) {
        await moveEntity(trx, writer, definition, { id, parentId: parentId ?? undefined, afterId: after })
        // Each follows the one before; at the end, they do so by themselves.
        if (after !== undefined) after = id
      } else {
        await updateEntity(trx, writer, definition, { id, version: versions.get(id) ?? 1, [parent.field]: parentId })
      }
    }
    return { changed: chosen.length }
  })
}

/**
 * Moves entries of a world to the trash, with what is in them: all at once, or none.
 *
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 */
export async function deleteEntries(
  db: Database,
  writer: Writer,
  which: z.output<typeof bulkDeleteInput>,
): Promise<{ changed: number; along: number }> {
  return await inTransaction(db, async (trx) => {
    const chosen = await lockAll(trx, writer, which, 'active')
    let [changed, along] = [0, 0]
    for (const { id, kind, version } of chosen) {
      if (!(await isIn(trx, id, 'active'))) continue
      const deleted = await deleteEntity(trx, writer, entities[kind], { id, version })
      changed++
      along += deleted.along
    }
    return { changed, along }
  })
}

/**
 * Restores entries of a world from its trash, with what went there with them: all at once, or none.
 *
 * @throws {NotFoundError | RoleTooLowError | BadInputError | ConflictError}
 */
export async function restoreEntries(
  db: Database,
  writer: Writer,
  which: z.output<typeof bulkRestoreInput>,
): Promise<{ changed: number }> {
  return await inTransaction(db, async (trx) => {
    const chosen = await lockAll(trx, writer, which, 'trash')
    const parents = await findParents(trx, which.ids)
    const depthOf = (id: string): number => {
      const parentId = parents.get(id)
      return parentId === undefined ? 0 : depthOf(parentId) + 1
    }
    // What contains others comes first.
    const inOrder = chosen.toSorted((one, other) => depthOf(one.id) - depthOf(other.id))
    let changed = 0
    for (const { id, kind } of inOrder) {
      if (!(await isIn(trx, id, 'trash'))) continue
      await restoreEntity(trx, writer, entities[kind], id)
      changed++
    }
    return { changed }
  })
}

/** Whether an entry is still there: it may have gone along with another one, or come back with it. */
async function isIn(trx: Database, id: string, state: 'active' | 'trash'): Promise<boolean> {
  const found = await trx
    .selectFrom('entities')
    .select('id')
    .where('id', '=', id)
    .where('deletedAt', state === 'active' ? 'is' : 'is not', null)
    .executeTakeFirst()
  return found !== undefined
}

/** As for one that is moved: before any row is locked, so that the two do not wait for each other. */
async function lockNestingOf(
  trx: Database,
  { principal }: Writer,
  { worldId, ids: [first] }: { readonly worldId: string; readonly ids: readonly string[] },
  parentId: string | null,
): Promise<void> {
  await requireWorldRole(trx, principal, worldId, 'editor')
  const found = await trx
    .selectFrom('entities')
    .select(['id', 'kind'])
    .where('worldId', '=', worldId)
    .where('id', '=', first ?? '')
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  if (!found) return
  const definition = entities[found.kind]
  if (!definition.parent || !isNesting(definition, { [definition.parent.field]: parentId })) return
  await lockNesting(trx, principal, definition, found.id)
}

/** By the id of an entry its parent, of those that are both among these. */
async function findParents(trx: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('entityParents')
    .select(({ ref }) => [ref('id').$notNull().as('id'), ref('parentId').$notNull().as('parentId')])
    .where('id', 'in', ids)
    .where('parentId', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, parentId }) => [id, parentId]))
}

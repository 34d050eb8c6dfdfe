import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, inTransaction, isAfter, textKey, toPage } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type EntityDefinition,
  entities,
  maxTags,
  NotFoundError,
  type Tag,
  type TaggedEntry,
  type TagSummary,
  type tagCreateInput,
  type tagEntriesInput,
  type tagMergeInput,
  type tagSetInput,
  type tagUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type Change, changeOf, recordChanges } from '../changes/record.ts'
import { linkedIds } from '../entities/links.ts'
import { lockForChange } from '../entities/lock.ts'
import { selectReadableOfAnyKind } from '../entities/select.ts'
import { recordLinkChange } from '../entities/write.ts'
import { reaches } from '../reach.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import { findWorldById } from '../worlds/read.ts'
import type { Writer } from '../writer.ts'
import {
  countRecords,
  deleteRecord,
  findRecord,
  insertRecord,
  lockRecord,
  type RecordDefinition,
  recordChange,
  setRecordDeleted,
  updateRecord,
} from './records.ts'

export const tagRecord: RecordDefinition<Tag> = {
  kind: 'tag',
  table: 'tags',
  noun: 'tag',
  columns: ['name', 'color'],
  nameOf: (_, { name }) => name,
}

/** The tags of a world by name, each with the number of entries that have it. @throws {NotFoundError} */
export async function listTags(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: TagSummary[] }> {
  await findWorldById(db, principal, worldId)
  const items = await db
    .selectFrom('tags')
    .select(['id', 'worldId', 'name', 'color', 'version', 'createdAt', 'updatedAt'])
    .select((eb) =>
      eb
        // entity_tags_tag_id_idx
        .selectFrom('entityTags')
        .innerJoin('entities', 'entities.id', 'entityTags.entityId')
        .where('entities.deletedAt', 'is', null)
        .whereRef('entityTags.tagId', '=', 'tags.id')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('count'),
    )
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .orderBy(sql`lower(name)`)
    .$castTo<TagSummary>() // the colors are those of the schema
    .execute()
  return { items }
}

export async function findTag(db: Database, principal: KnownPrincipal, id: string): Promise<Tag> {
  return await findRecord(db, principal, tagRecord, id)
}

const nameKey = textKey(sql`lower(entities.name)`)

/** The entries that have a tag, by name, one page at a time (keyset). @throws {NotFoundError | BadCursorError} */
export async function listTagged(
  db: Database,
  principal: KnownPrincipal,
  { id, limit, cursor }: z.output<typeof tagEntriesInput>,
): Promise<{ items: TaggedEntry[]; nextCursor: string | null }> {
  await findTag(db, principal, id)
  const list = JSON.stringify(['tagged', id])
  let query = db
    .selectFrom('entityTags')
    .innerJoin('entities', 'entities.id', 'entityTags.entityId')
    .select([
      'entities.id',
      'entities.kind',
      'entities.name',
      'entities.displayName',
      sql<string>`left(entities.description, 300)`.as('description'),
      nameKey.text.as('sortKey'),
    ])
    .where('entityTags.tagId', '=', id)
    .where('entities.deletedAt', 'is', null)
    .orderBy(nameKey.expression)
    .orderBy('entities.id')
    .limit(limit + 1)
  if (cursor !== undefined) {
    query = query.where(isAfter(nameKey, sql`entities.id`, 'asc', decodeCursor(list, cursor, nameKey)))
  }
  return toPage(list, await query.execute(), limit)
}

/**
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {TakenError} for the name
 * @throws {ConflictError} if the world has as many tags as it can
 */
export async function createTag(
  db: Database,
  writer: Writer,
  { worldId, ...values }: z.output<typeof tagCreateInput>,
): Promise<Tag> {
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, writer.principal, worldId, 'editor')
    if ((await countRecords(trx, tagRecord, 'worldId', worldId)) >= maxTags) {
      throw new ConflictError(`A world can have ${maxTags.toLocaleString('en')} tags. Merge or delete some first.`)
    }
    return await insertRecord(trx, writer, tagRecord, worldId, values)
  })
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError | TakenError} */
export async function updateTag(
  db: Database,
  writer: Writer,
  { id, version, ...values }: z.output<typeof tagUpdateInput>,
): Promise<Tag> {
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, tagRecord, id, { version })
    return await updateRecord(trx, writer, tagRecord, before, values)
  })
}

/** Its entries lose it; they get it back if the deletion is undone. @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function deleteTag(
  db: Database,
  writer: Writer,
  which: { readonly id: string; readonly version: number },
): Promise<{ id: string }> {
  return await deleteRecord(db, writer, tagRecord, which)
}

/** Brings back a tag that was deleted. @throws {NotFoundError | RoleTooLowError | TakenError} */
export async function restoreTag(trx: Database, writer: Writer, id: string): Promise<Tag> {
  const before = await lockRecord(trx, writer.principal, tagRecord, id, { state: 'deleted' })
  return await setRecordDeleted(trx, writer, tagRecord, before, false)
}

/**
 * Gives another tag to all entries of a tag, and deletes it: as one change, which can be undone.
 *
 * @returns the other tag, and how many entries were changed
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 * @throws {BadInputError} for the same tag, or one of another world
 */
export async function mergeTag(
  db: Database,
  writer: Writer,
  { id, version, intoId }: z.output<typeof tagMergeInput>,
): Promise<{ tag: Tag; entries: number }> {
  if (id === intoId) throw new BadInputError({ intoId: ['Is the same tag'] })
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, tagRecord, id, { version })
    const into = await lockRecord(trx, writer.principal, tagRecord, intoId).catch((error: unknown) => {
      throw error instanceof NotFoundError
        ? new BadInputError({ intoId: ['There is no such tag in this world'] })
        : error
    })
    if (into.worldId !== before.worldId) throw new BadInputError({ intoId: ['There is no such tag in this world'] })
    const { rows } = await sql<{
      id: string
      kind: Change['subject']['kind']
      displayName: string
      version: number
      tagIds: string[]
    }>`
      with tagged as (
        select entity_id, array(select tag_id from entity_tags other where other.entity_id = entity_tags.entity_id order by tag_id) as tag_ids
        from entity_tags where tag_id = ${id}
      ), touched as (
        update entities set version = version from tagged where entities.id = tagged.entity_id
        returning entities.id, entities.kind, entities.world_id, entities.display_name, entities.version, tagged.tag_ids
      ), removed as (
        delete from entity_tags using touched where entity_tags.entity_id = touched.id and entity_tags.tag_id = ${id}
      ), added as (
        insert into entity_tags (entity_id, kind, world_id, tag_id)
        select id, kind, world_id, ${intoId} from touched on conflict do nothing
      )
      select id, kind, display_name as "displayName", version, tag_ids as "tagIds" from touched order by id`.execute(
      trx,
    )
    const deleted = await sql`update tags set deleted_at = now() where id = ${id} returning version`.execute(trx)
    const { version: last } = deleted.rows[0] as { version: number } // it is locked
    await recordChanges(trx, writer.actor, before.worldId, [
      ...rows.map(({ tagIds, ...entity }) => changeOf('link', entity, { tagIds })),
      await recordChange(trx, tagRecord, 'delete', { ...before, version: last }),
    ])
    return { tag: into, entries: rows.length }
  })
}

/** The tags of an entry, by name. @throws {NotFoundError} */
export async function findTagsOf(
  db: Database,
  principal: KnownPrincipal,
  id: string,
): Promise<{ version: number; tags: Tag[] }> {
  const found = await selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.id', '=', id)
    .select(['entities.worldId', 'entities.version'])
    .executeTakeFirst()
  if (!found || !reaches(principal, found.worldId)) throw new NotFoundError('entry')
  const tags = await db
    .selectFrom('entityTags')
    .innerJoin('tags', 'tags.id', 'entityTags.tagId')
    .where('entityTags.entityId', '=', id)
    .where('tags.deletedAt', 'is', null)
    .orderBy(sql`lower(tags.name)`)
    .select(['tags.id', 'tags.worldId', 'tags.name', 'tags.color', 'tags.version', 'tags.createdAt', 'tags.updatedAt'])
    .$castTo<Tag>() // the colors are those of the schema
    .execute()
  return { version: found.version, tags }
}

/**
 * Sets the tags of an entry.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 * @throws {BadInputError} for tags of another world
 */
export async function setTags(
  db: Database,
  { actor, principal }: Writer,
  { id, version, tagIds }: z.output<typeof tagSetInput>,
): Promise<{ version: number; tags: Tag[] }> {
  return await inTransaction(db, async (trx) => {
    const definition = await findDefinition(trx, principal, id)
    const before = await lockForChange(trx, principal, definition, id, { version, touching: ['tagIds'] })
    const { worldId, kind } = before
    const wanted = [...new Set(tagIds)].sort()
    const known = await trx
      .selectFrom('tags')
      .select('id')
      .where('worldId', '=', worldId)
      .where('deletedAt', 'is', null)
      .where('id', '=', sql<string>`any(${wanted}::uuid[])`)
      .orderBy('id')
      .forShare()
      .execute()
    if (known.length < wanted.length) throw new BadInputError({ tagIds: ['Not all of these tags are in this world'] })
    const previous = await linkedIds(trx, 'tagIds', id)
    // Tags that are deleted stay, so that they are back when the deletion is undone.
    await trx
      .deleteFrom('entityTags')
      .using('tags')
      .whereRef('tags.id', '=', 'entityTags.tagId')
      .where('tags.deletedAt', 'is', null)
      .where('entityId', '=', id)
      .execute()
    const rows = wanted.map((tagId) => ({ entityId: id, kind, worldId, tagId }))
    if (rows.length > 0) await trx.insertInto('entityTags').values(rows).execute()
    const isAdding = wanted.some((tagId) => !previous.includes(tagId))
    await recordLinkChange(trx, actor, before, isAdding ? 'link' : 'unlink', { tagIds: previous })
    return await findTagsOf(trx, principal, id)
  })
}

/** The definition of an entry's kind. @throws {NotFoundError} */
export async function findDefinition(db: Database, principal: KnownPrincipal, id: string): Promise<EntityDefinition> {
  const found = await selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.id', '=', id)
    .select(['entities.kind', 'entities.worldId'])
    .executeTakeFirst()
  if (!found || !reaches(principal, found.worldId)) throw new NotFoundError('entry')
  return entities[found.kind]
}

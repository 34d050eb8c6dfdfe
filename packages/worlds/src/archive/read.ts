import type { Database } from '@worldloom/db'
import {
  type ArchivedWorld,
  archivedRecords,
  type EntityDefinition,
  entities,
  type LinkFile,
  NotFoundError,
  type RecordFile,
} from '@worldloom/schema'
import { dismissalRecord } from '../continuity/check.ts'
import { entityColumns, tableOf } from '../entities/select.ts'
import { linkKindRecord } from '../records/linkKinds.ts'
import { linkRecord } from '../records/links.ts'
import { mapRecord, markerRecord } from '../records/maps.ts'
import { findRecords, type RecordDefinition, type WorldRecord } from '../records/records.ts'
import { tagRecord } from '../records/tags.ts'

const pageSize = 2000

/** The world itself, as an archive stores it. @throws {NotFoundError} also for one in the trash */
export async function readArchivedWorld(db: Database, id: string): Promise<ArchivedWorld> {
  const { createdAt, updatedAt, calendar, language, ...world } = await db
    .selectFrom('worlds')
    .select(['id', 'name', 'displayName', 'description', 'body', 'version', 'createdAt', 'updatedAt', 'visibility'])
    .select(['language', 'calendar'])
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirstOrThrow(() => new NotFoundError('world'))
  return {
    ...world,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    // As updateWorld has checked them.
    language: language as ArchivedWorld['language'],
    calendar: calendar as ArchivedWorld['calendar'],
  }
}

/** Every entry of a kind in order of id, including those in the trash. */
export async function* readArchivedEntities(
  db: Database,
  definition: EntityDefinition,
  worldId: string,
): AsyncGenerator<Record<string, unknown>> {
  const table = tableOf(definition)
  for (let last: string | undefined; ; ) {
    let page = db
      .selectFrom('entities')
      .innerJoin(table, `${table}.id`, 'entities.id')
      .where('entities.worldId', '=', worldId)
      .where('entities.kind', '=', definition.kind)
      .orderBy('entities.id')
      .limit(pageSize)
      .select(entityColumns(definition))
      .select(['entities.deletedAt', 'entities.deletedWith'])
    if (last) page = page.where('entities.id', '>', last)
    const rows = await page.execute()
    for (const { worldId: _, kind: __, ownerId: ___, ...row } of rows) yield row
    last = rows.at(-1)?.id
    if (rows.length < pageSize) return
  }
}

/** The links, always in the same order. */
export async function readArchivedLinks(db: Database, file: LinkFile, worldId: string) {
  switch (file) {
    case 'book-stories':
      return await db
        .selectFrom('bookStories')
        .select(['bookId', 'storyId', 'position'])
        .where('worldId', '=', worldId)
        .orderBy('bookId')
        .orderBy('position')
        .execute()
    case 'scene-personas':
      return await db
        .selectFrom('scenePersonas')
        .select(['sceneId', 'personaId'])
        .where('worldId', '=', worldId)
        .orderBy('sceneId')
        .orderBy('personaId')
        .execute()
    case 'scene-things':
      return await db
        .selectFrom('sceneThings')
        .select(['sceneId', 'thingId'])
        .where('worldId', '=', worldId)
        .orderBy('sceneId')
        .orderBy('thingId')
        .execute()
  }
}

const recordsOf = {
  tags: tagRecord,
  'link-kinds': linkKindRecord,
  links: linkRecord,
  'continuity-dismissals': dismissalRecord,
  maps: mapRecord,
  'map-markers': markerRecord,
} as const

/** The records of a file that are not deleted, always in the same order, with the columns of the archive. */
export async function readArchivedRecords(
  db: Database,
  file: RecordFile,
  worldId: string,
): Promise<Record<string, unknown>[]> {
  const columns = Object.keys(archivedRecords[file].shape)
  const rows =
    file === 'entry-tags'
      ? await db
          .selectFrom('entityTags')
          .innerJoin('tags', 'tags.id', 'entityTags.tagId')
          .select(['entityId', 'kind', 'tagId'])
          .where('entityTags.worldId', '=', worldId)
          .where('tags.deletedAt', 'is', null)
          .orderBy('entityId')
          .orderBy('tagId')
          .execute()
      : await findRecords<WorldRecord>(db, recordsOf[file] as unknown as RecordDefinition<WorldRecord>, worldId) // any of them
  return rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row))
    return Object.fromEntries(columns.map((column) => [column, values.get(column)]))
  })
}

/** The files of a world's images. */
export async function listImageFiles(db: Database, worldId: string): Promise<{ id: string; fileKey: string }[]> {
  return await db
    .selectFrom('images')
    .select(['id', 'fileKey'])
    .where('worldId', '=', worldId)
    .where('fileKey', 'is not', null)
    .orderBy('id')
    .$narrowType<{ fileKey: string }>()
    .execute()
}

/** How much of everything a world has, including the trash. */
export async function countWorld(db: Database, worldId: string): Promise<number> {
  const { count } = await db
    .selectFrom('entities')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('worldId', '=', worldId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** In the order of `archiveTables`. */
export const archivedKinds: readonly EntityDefinition[] = Object.values(entities)

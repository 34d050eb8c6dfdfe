import type { Actor } from '@worldloom/auth'
import { type Database, databaseFault } from '@worldloom/db'
import {
  type ArchivedEntity,
  type ArchivedWorld,
  archivedEntity,
  archivedLinks,
  archivedRecords,
  archivedWorld,
  BadInputError,
  ConflictError,
  type EntityDefinition,
  type EntityKind,
  type LinkFile,
  mentionPattern,
  type RecordFile,
  TakenError,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { recordChanges } from '../changes/record.ts'
import type { StoredFile } from '../entities/image.ts'
import { ownColumns, referenceFields } from '../entities/select.ts'
import { keepMentions, mentioningFields } from '../mentions/keep.ts'
import { addUsualLinkKinds } from '../records/linkKinds.ts'
import { calendarOf } from '../time/calendar.ts'
import { rewriteDates } from '../time/changeCalendar.ts'
import { worldChange } from '../worlds/write.ts'
import { archivedKinds } from './read.ts'

const batchSize = 1000

/** An archive as the import reads it. Each part may be read more than once. */
export interface WorldSource {
  world(): Promise<unknown>
  /** Archives of an earlier version do not have all files. */
  has(file: string): boolean
  /** The lines of a file, parsed. */
  rows(file: string): AsyncIterable<unknown>
  /** Stores the file of an image. @param id as in the archive */
  storeImage(id: string, worldId: string): Promise<StoredFile>
}

export interface ImportOptions {
  /** `keep`: the ids in the archive; `new`: fresh ones, so that a copy can exist beside the original. */
  readonly ids: 'keep' | 'new'
  /** Replaces the archived name. */
  readonly name?: string | undefined
  readonly onProgress?: (rows: number) => void
}

/**
 * Imports an archived world as a whole, inside the caller's transaction. Everything in it then belongs to one person.
 *
 * @throws {BadInputError} if its content is invalid
 * @throws {TakenError} if they have a world of that name
 * @throws {ConflictError} if it exists already
 */
export async function importWorld(
  db: Database,
  actor: Actor,
  ownerId: string,
  source: WorldSource,
  { ids, name, onProgress = () => {} }: ImportOptions,
): Promise<{ id: string; name: string; entities: number }> {
  const given = parse(archivedWorld, await source.world(), 'world.json')
  const idOf = ids === 'keep' ? (id: string) => id : await newIds(db, given, source)
  const world = { ...given, id: idOf(given.id), ...(name !== undefined && { name, displayName: name }) }
  const importing: Importing = { db, ownerId, worldId: world.id, idOf, source, onProgress }
  try {
    await db
      .insertInto('worlds')
      .values({
        ...world,
        calendar: world.calendar && JSON.stringify(world.calendar),
        ownerId,
        ...mapTexts(world, idOf),
      })
      .execute()
    await db.insertInto('worldMembers').values({ worldId: world.id, userId: ownerId, role: 'owner' }).execute()
    // A cover may come after what it is the cover of.
    await sql`set constraints entities_cover_fkey deferred`.execute(db)
    // Entries that others were deleted with come before those.
    let entities = 0
    for (const definition of archivedKinds) entities += await insertEntities(importing, definition, false)
    for (const definition of archivedKinds) entities += await insertEntities(importing, definition, true)
    for (const definition of inOrderOfReference) await insertOwn(importing, definition)
    await placeLocations(importing)
    await insertLinks(importing)
    await insertRecords(importing)
    await sql`set constraints entities_cover_fkey immediate`.execute(db)
    await insertMentions(importing, world)
    await rewriteDates(db, world.id, calendarOf(world.calendar))
    await recordChanges(db, actor, world.id, [worldChange('import', { ...world, version: given.version })])
    return { id: world.id, name: world.name, entities }
  } catch (error) {
    throw explain(error, world.name)
  }
}

interface Importing {
  readonly db: Database
  readonly ownerId: string
  readonly worldId: string
  readonly idOf: (id: string) => string
  readonly source: WorldSource
  readonly onProgress: (rows: number) => void
}

/** Entries that others refer to come first. */
const inOrderOfReference = archivedKinds.toSorted((one, other) => depthOf(one) - depthOf(other))

/** The length of the longest chain of references from this kind. */
function depthOf(definition: EntityDefinition): number {
  const referred = new Set(referencesOf(definition).map(({ kind }) => kind))
  referred.delete(definition.kind)
  return archivedKinds
    .filter(({ kind }) => referred.has(kind))
    .reduce((depth, each) => Math.max(depth, depthOf(each) + 1), 0)
}

/** The columns that hold ids of other entries, including the parent's, with the kind of each. */
function referencesOf(definition: EntityDefinition): { field: string; kind: EntityKind }[] {
  return [...(definition.parent ? [definition.parent] : []), ...referenceFields(definition)]
}

async function newIds(db: Database, world: ArchivedWorld, source: WorldSource): Promise<(id: string) => string> {
  const known = [world.id]
  for (const definition of archivedKinds) {
    for await (const { id } of entitiesOf(source, definition)) known.push(id)
  }
  for (const file of ['tags', 'link-kinds', 'links', 'continuity-dismissals', 'maps', 'map-markers'] as const) {
    for await (const { id } of recordsOf(source, file)) known.push(id)
  }
  const mapped = new Map<string, string>()
  for await (const batch of batched(known.sort())) {
    // In the same order, so that lists by creation time do not change.
    const { rows } = await sql<{ id: string }>`
      select uuidv7() as id from generate_series(1, ${batch.length}::int)
    `.execute(db)
    for (const [index, id] of batch.entries()) mapped.set(id, rows[index]?.id ?? id)
  }
  return (id) => {
    const found = mapped.get(id)
    if (!found) throw new BadInputError({ archive: [`Refers to ${id}, which is not in it`] })
    return found
  }
}

async function* entitiesOf(source: WorldSource, definition: EntityDefinition): AsyncGenerator<ArchivedEntity> {
  const file = `${definition.plural}.ndjson`
  const schema = archivedEntity(definition)
  // The schema's output is what the type says: the shared columns, and the kind's own by name.
  for await (const row of source.rows(file)) yield parse(schema, row, file) as ArchivedEntity
}

async function insertEntities(
  { db, ownerId, worldId, idOf, source, onProgress }: Importing,
  definition: EntityDefinition,
  deletedWithOthers: boolean,
): Promise<number> {
  let inserted = 0
  for await (const batch of batched(entitiesOf(source, definition))) {
    const rows = batch
      .filter(({ deletedWith }) => (deletedWith !== null) === deletedWithOthers)
      .map(({ id, name, displayName, description, body, isPlaceholder, coverId, spoilers, ...row }) => {
        const { version, createdAt, updatedAt, deletedAt, deletedWith } = row
        return {
          id: idOf(id),
          worldId,
          ownerId,
          kind: definition.kind,
          ...{ name, displayName, isPlaceholder, version, createdAt, updatedAt, deletedAt },
          ...mapTexts({ description, body }, idOf),
          spoilers: JSON.stringify(
            Object.fromEntries(Object.entries(spoilers).map(([field, sceneId]) => [field, idOf(sceneId)])),
          ),
          coverId: coverId === null ? null : idOf(coverId),
          deletedWith: deletedWith === null ? null : idOf(deletedWith),
        }
      })
    if (rows.length === 0) continue
    await db.insertInto('entities').values(rows).execute()
    inserted += rows.length
    onProgress(rows.length)
  }
  return inserted
}

async function insertOwn({ db, worldId, idOf, source }: Importing, definition: EntityDefinition): Promise<void> {
  const references = new Set(referencesOf(definition).map(({ field }) => field))
  const columns = ownColumns(definition)
  for await (const batch of batched(entitiesOf(source, definition))) {
    const rows: Record<string, unknown>[] = []
    for (const entity of batch) {
      const own = columns.map((column) => {
        const value = entity[column]
        if (definition.kind === 'location' && column === 'parentId') return [column, null]
        if (typeof value !== 'string') return [column, value]
        if (references.has(column)) return [column, idOf(value)]
        return [column, definition.fields[column]?.control.as === 'paragraph' ? mapMentions(value, idOf) : value]
      })
      // All rows have the same columns, also images that have no file yet.
      const file = definition.kind === 'image' ? await fileColumns(source, entity, worldId) : {}
      rows.push({ ...Object.fromEntries(own), ...file, id: idOf(entity.id), worldId })
    }
    // The columns come from the kind's definition; the table's constraints check them.
    await sql`
      insert into ${sql.table(definition.plural)} (${sql.join(Object.keys(rows[0] ?? {}).map((name) => sql.ref(name)))})
      values ${sql.join(rows.map((row) => sql`(${sql.join(Object.values(row))})`))}
    `.execute(db)
  }
}

async function fileColumns(
  source: WorldSource,
  archived: ArchivedEntity,
  worldId: string,
): Promise<StoredFile | { readonly fileKey: null }> {
  return archived.checksum === null ? { fileKey: null } : await storedFile(source, archived, worldId)
}

async function storedFile(source: WorldSource, archived: ArchivedEntity, worldId: string): Promise<StoredFile> {
  const stored = await source.storeImage(archived.id, worldId)
  for (const name of ['mediaType', 'width', 'height', 'byteSize', 'checksum'] as const) {
    if (stored[name] !== archived[name]) {
      throw new BadInputError({
        [`images/${archived.id}`]: [`Is not the file that images.ndjson tells of: its ${name}`],
      })
    }
  }
  return stored
}

/** The nesting of locations, once all of them are there. */
async function placeLocations({ db, worldId, idOf, source }: Importing): Promise<void> {
  const definition = archivedKinds.find(({ kind }) => kind === 'location')
  if (!definition) throw new TypeError('there is no kind location')
  for await (const batch of batched(entitiesOf(source, definition))) {
    const placed = batch.flatMap(({ id, parentId }) =>
      typeof parentId === 'string' ? [{ id: idOf(id), parentId: idOf(parentId) }] : [],
    )
    if (placed.length === 0) continue
    await sql`
      update locations set parent_id = placed."parentId"
      from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as placed (id uuid, "parentId" uuid)
      where locations.id = placed.id
    `.execute(db)
  }
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select id, parent_id from locations where world_id = ${worldId} and parent_id is not null
      union
      select above.id, locations.parent_id from above join locations on locations.id = above.parent_id
    )
    select id from above where id = parent_id limit 1
  `.execute(db)
  if (rows[0]) throw new BadInputError({ 'locations.ndjson': ['Contains a location that is inside itself'] })
}

async function insertLinks({ db, worldId, idOf, source }: Importing): Promise<void> {
  for await (const batch of batched(linksOf(source, 'book-stories', archivedLinks['book-stories']))) {
    const rows = batch.map(({ bookId, storyId, position }) => ({
      bookId: idOf(bookId),
      storyId: idOf(storyId),
      position,
      worldId,
    }))
    await db.insertInto('bookStories').values(rows).execute()
  }
  for await (const batch of batched(linksOf(source, 'scene-personas', archivedLinks['scene-personas']))) {
    const rows = batch.map(({ sceneId, personaId }) => ({
      sceneId: idOf(sceneId),
      personaId: idOf(personaId),
      worldId,
    }))
    await db.insertInto('scenePersonas').values(rows).execute()
  }
  for await (const batch of batched(linksOf(source, 'scene-things', archivedLinks['scene-things']))) {
    const rows = batch.map(({ sceneId, thingId }) => ({ sceneId: idOf(sceneId), thingId: idOf(thingId), worldId }))
    await db.insertInto('sceneThings').values(rows).execute()
  }
}

async function insertRecords({ db, ownerId, worldId, idOf, source }: Importing): Promise<void> {
  for await (const batch of batched(recordsOf(source, 'tags'))) {
    await db
      .insertInto('tags')
      .values(batch.map((tag) => ({ ...tag, id: idOf(tag.id), worldId })))
      .execute()
  }
  if (!source.has('link-kinds.ndjson')) await addUsualLinkKinds(db, worldId, 'en')
  for await (const batch of batched(recordsOf(source, 'link-kinds'))) {
    await db
      .insertInto('linkKinds')
      .values(batch.map((kind) => ({ ...kind, id: idOf(kind.id), worldId })))
      .execute()
  }
  for await (const batch of batched(recordsOf(source, 'links'))) {
    const rows = batch.map(({ id, linkKindId, fromId, toId, ...link }) => ({
      ...{ ...link, id: idOf(id), worldId, linkKindId: idOf(linkKindId), fromId: idOf(fromId), toId: idOf(toId) },
    }))
    await db.insertInto('links').values(rows).execute()
  }
  for await (const batch of batched(recordsOf(source, 'entry-tags'))) {
    const rows = batch.map(({ entityId, kind, tagId }) => ({
      entityId: idOf(entityId),
      kind,
      tagId: idOf(tagId),
      worldId,
    }))
    await db.insertInto('entityTags').values(rows).execute()
  }
  for await (const batch of batched(recordsOf(source, 'continuity-dismissals'))) {
    const mapped = (text: string) => text.replaceAll(uuidPattern, (id) => idOf(id))
    const rows = batch.map(({ id, finding, basis, ...row }) => ({
      ...{ ...row, id: idOf(id), finding: mapped(finding), basis: mapped(basis), worldId, userId: ownerId },
    }))
    await db.insertInto('continuityDismissals').values(rows).execute()
  }
  for await (const batch of batched(recordsOf(source, 'maps'))) {
    const rows = batch.map(({ id, imageId, locationId, layers, ...map }) => ({
      ...{ ...map, id: idOf(id), worldId, imageId: idOf(imageId), layers: JSON.stringify(layers) },
      locationId: locationId === null ? null : idOf(locationId),
    }))
    await db.insertInto('maps').values(rows).execute()
  }
  for await (const batch of batched(recordsOf(source, 'map-markers'))) {
    const rows = batch.map(({ id, mapId, entityId, points, ...marker }) => ({
      ...{ ...marker, id: idOf(id), worldId, mapId: idOf(mapId), points: JSON.stringify(points) },
      entityId: entityId === null ? null : idOf(entityId),
    }))
    await db.insertInto('mapMarkers').values(rows).execute()
  }
}

const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

async function* recordsOf<File extends RecordFile>(
  source: WorldSource,
  file: File,
): AsyncGenerator<z.output<(typeof archivedRecords)[File]>> {
  const schema = archivedRecords[file] as unknown as z.ZodType<z.output<(typeof archivedRecords)[File]>> // the file's own
  yield* linksOf(source, file, schema)
}

/** A text whose mentions name entries by their new ids. What names nothing in this world stays as the author wrote it. */
function mapMentions(text: string, idOf: (id: string) => string): string {
  if (!text.includes('](entry:')) return text
  return text.replaceAll(mentionPattern, (mention, _, __, id: string) => {
    try {
      return mention.replace(id, idOf(id.toLowerCase()))
    } catch {
      return mention
    }
  })
}

function mapTexts<Texts extends { readonly description: string; readonly body: string }>(
  { description, body }: Texts,
  idOf: (id: string) => string,
) {
  return { description: mapMentions(description, idOf), body: mapMentions(body, idOf) }
}

/** What the texts mention, now that all entries are there. */
async function insertMentions({ db, worldId, idOf, source }: Importing, world: ArchivedWorld): Promise<void> {
  await keepMentions(db, { worldId, entry: null }, mapTexts(world, idOf), { isNew: true })
  for (const definition of archivedKinds) {
    const fields = mentioningFields(definition)
    for await (const entity of entitiesOf(source, definition)) {
      const texts = fields.map((field) => [field, mapMentions(String(entity[field]), idOf)] as const)
      if (!texts.some(([, text]) => text.includes('](entry:'))) continue
      const entry = { id: idOf(entity.id), kind: definition.kind }
      await keepMentions(db, { worldId, entry }, Object.fromEntries(texts), { isNew: true })
    }
  }
}

async function* linksOf<Link>(
  source: WorldSource,
  file: LinkFile | RecordFile,
  schema: z.ZodType<Link>,
): AsyncGenerator<Link> {
  for await (const row of source.rows(`${file}.ndjson`)) yield parse(schema, row, `${file}.ndjson`)
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown, file: string): Output {
  const { success, data, error } = schema.safeParse(value)
  if (success) return data
  const [issue] = error.issues
  throw new BadInputError({
    [file]: [`${issue?.path.join('.') || 'a line'}: ${issue?.message ?? 'is not as it should be'}`],
  })
}

/** Turns the database's errors about an archive into ones that its reader understands. */
function explain(error: unknown, name: string): unknown {
  const fault = databaseFault(error)
  if (fault?.kind === 'reference') {
    return new BadInputError({ archive: ['Refers to something that is not in it, or is of another kind'] })
  }
  if (fault?.kind !== 'unique') return error
  if (fault.field === 'pkey') {
    return new ConflictError('This world, or part of it, already exists here. Import it with new ids to make a copy.')
  }
  if (fault.table === 'worlds') {
    return new TakenError('world', 'name', `A world named “${name}” already exists. Import it under another name.`)
  }
  return new BadInputError({ archive: [`Has the same ${fault.field.replaceAll('_', ' ')} twice (${fault.table})`] })
}

async function* batched<Row>(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

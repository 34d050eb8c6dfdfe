import type { Database } from '@worldloom/db'
import {
  type EntityDefinition,
  type EntityKind,
  entities,
  image,
  NotFoundError,
  type Structure,
  wholeEntry,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { StoredFile } from '../entities/image.ts'
import { entityColumns, tableOf } from '../entities/select.ts'
import { onlyWorld } from '../search/scope.ts'
import { suggestIn } from '../search/suggest.ts'
import { nameConfiguration } from '../search/terms.ts'
import { isReadableIn, type Reading } from './access.ts'

/** As much of an entry as a card shows, without what is a spoiler. */
export interface ReadableBrief {
  readonly id: string
  readonly kind: EntityKind
  readonly title: string
  readonly description: string
  readonly coverId: string | null
}

// What is a spoiler is left out: instead of the displayed name there is the plain one.
const brief = sql`entities.id, entities.kind,
  case when entities.spoilers ? 'displayName' then entities.name else entities.display_name end as title,
  case when entities.spoilers ? 'description' then '' else left(entities.description, 400) end as description,
  entities.cover_id as "coverId"`

/** Neither a spoiler as a whole, nor still to be filled in. */
const isShown = sql`not entities.spoilers ? ${sql.lit(wholeEntry)} and not entities.is_placeholder`

/** How many entries of each kind are listed. */
export async function countReadable(db: Database, reading: Reading): Promise<ReadonlyMap<EntityKind, number>> {
  const { rows } = await (reading.only ? countOf(reading) : countAllBut(reading)).execute(db)
  return new Map(rows.map(({ kind, count }) => [kind, count]))
}

interface KindCount {
  kind: EntityKind
  count: number
}

function countOf(reading: Reading) {
  return sql<KindCount>`
    select kind, count(*)::int as count from entities where ${isReadableIn(reading)} and ${isShown} group by kind`
}

/** The counts that are kept, less what is not listed: entities_placeholders_idx and entities_spoilers_idx have that. */
function countAllBut({ world }: Reading) {
  return sql<KindCount>`
    with hidden as (
      select id, kind from entities where world_id = ${world.id} and deleted_at is null and is_placeholder
      union
      select id, kind from entities
      where world_id = ${world.id} and deleted_at is null and spoilers <> '{}' and spoilers ? ${sql.lit(wholeEntry)}
    )
    select kind, (count - (select count(*) from hidden where hidden.kind = entity_counts.kind))::int as count
    from entity_counts
    where world_id = ${world.id} and count > (select count(*) from hidden where hidden.kind = entity_counts.kind)`
}

/** How many entries a page of a list shows. */
export const readingPageSize = 60

/** The entries of a kind by name. Those that are spoilers as a whole, or placeholders, are not among them. */
export async function listReadable(
  db: Database,
  reading: Reading,
  kind: EntityKind,
  { page = 1, limit = readingPageSize }: { readonly page?: number; readonly limit?: number } = {},
): Promise<ReadableBrief[]> {
  const { rows } = await sql<ReadableBrief>`
    select ${brief} from entities
    where ${isReadableIn(reading)} and entities.kind = ${kind} and ${isShown}
    order by lower(entities.name), entities.id
    limit ${limit}::int offset ${(page - 1) * limit}::int`.execute(db)
  return rows
}

/** Entries by their ids, in no particular order; those that may not be read are left out. */
export async function findBriefs(
  db: Database,
  reading: Reading,
  ids: readonly string[],
  which: 'all' | 'listed' = 'all',
): Promise<ReadonlyMap<string, ReadableBrief>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ReadableBrief>`
    select ${brief} from entities
    where ${isReadableIn(reading)} and entities.id = any(${[...ids]}::uuid[]) and ${which === 'listed' ? isShown : sql`true`}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** An entry as readers see it. */
export interface ReadableEntry extends ReadableBrief {
  readonly definition: EntityDefinition
  readonly body: string
  readonly version: number
  readonly updatedAt: Date
  /** All of its kind's own columns. */
  readonly own: Readonly<Record<string, unknown>>
  /** By field, or `entry` for all of it: the scene until which it is not to be known. */
  readonly spoilers: Readonly<Record<string, string>>
}

/** @throws {NotFoundError} */
export async function readEntry(
  db: Database,
  reading: Reading,
  definition: EntityDefinition,
  id: string,
): Promise<ReadableEntry> {
  const table = tableOf(definition)
  const row = await db
    .selectFrom('entities')
    .innerJoin(table, `${table}.id`, 'entities.id')
    .where('entities.id', '=', id)
    .where(isReadableIn(reading))
    .select(entityColumns(definition))
    .$castTo<
      {
        readonly id: string
        readonly name: string
        readonly displayName: string
        readonly description: string
        readonly coverId: string | null
        readonly body: string
        readonly version: number
        readonly updatedAt: Date
        readonly spoilers: Readonly<Record<string, string>>
      } & Record<string, unknown>
    >() // the columns by name
    .executeTakeFirst()
  if (!row) throw new NotFoundError(definition.wording.one)
  const { name, displayName, description, coverId, body, version, updatedAt, spoilers } = row
  return {
    ...{ id, definition, kind: definition.kind, description, coverId, body, version, updatedAt, spoilers, own: row },
    title: 'displayName' in spoilers ? name : displayName,
  }
}

/** What an entry is connected with. */
export interface ReadableConnection {
  /** As it reads from the entry to the other: “mother of”. */
  readonly label: string
  readonly other: ReadableBrief
  /** World dates. */
  readonly beganOn: string | null
  readonly endedOn: string | null
}

interface ConnectionRow extends ReadableBrief {
  readonly isOut: boolean
  readonly structure: Structure | null
  readonly name: string | null
  readonly inverseName: string | null
  readonly beganOn: string | null
  readonly endedOn: string | null
}

/**
 * Links of an entry and what the model itself has, as its cast or its place, by label and name.
 *
 * @param labels those of what the model itself has
 */
export async function listReadableConnections(
  db: Database,
  reading: Reading,
  id: string,
  labels: Readonly<Record<Structure, readonly [out: string, back: string]>>,
): Promise<ReadableConnection[]> {
  const { rows } = await sql<ConnectionRow>`
    with edges as (
      select to_id as other_id, true as is_out, link_id, structure from entity_edges where from_id = ${id} and source <> 'mention'
      union all
      select from_id, false, link_id, structure from entity_edges where to_id = ${id} and source <> 'mention'
    )
    select ${brief}, edges.is_out as "isOut", edges.structure, link_kinds.name, link_kinds.inverse_name as "inverseName",
      links.began_on as "beganOn", links.ended_on as "endedOn"
    from edges join entities on entities.id = edges.other_id
      left join links on links.id = edges.link_id left join link_kinds on link_kinds.id = links.link_kind_id
    where ${isReadableIn(reading)} and ${isShown}
    order by edges.structure nulls first, link_kinds.name, edges.is_out, lower(entities.name), entities.id
    limit 500`.execute(db)
  return rows.map(({ isOut, structure, name, inverseName, beganOn, endedOn, ...other }) => {
    const [out, back] = structure ? labels[structure] : [name ?? '', inverseName ?? '']
    return { label: isOut ? out : back, other, beganOn, endedOn }
  })
}

export interface ReadableScene extends ReadableBrief {
  readonly body: string
  readonly happensOn: string | null
  readonly spoilers: Readonly<Record<string, string>>
}
export interface ReadableAct extends ReadableBrief {
  readonly scenes: readonly ReadableScene[]
}

/** The acts and scenes of a story in order, with their texts. */
export async function readStory(db: Database, reading: Reading, storyId: string): Promise<ReadableAct[]> {
  const { rows: acts } = await sql<ReadableBrief>`
    select ${brief} from acts join entities on entities.id = acts.id
    where acts.story_id = ${storyId} and ${isReadableIn(reading)} order by acts.position`.execute(db)
  const { rows: scenes } = await sql<ReadableScene & { actId: string }>`
    select ${brief}, scenes.act_id as "actId", entities.body, scenes.happens_on as "happensOn", entities.spoilers
    from scenes join acts on acts.id = scenes.act_id join entities on entities.id = scenes.id
    where acts.story_id = ${storyId} and ${isReadableIn(reading)} order by scenes.position`.execute(db)
  const ofActs = Map.groupBy(scenes, ({ actId }) => actId)
  return acts.map((act) => ({ ...act, scenes: ofActs.get(act.id) ?? [] }))
}

/** The story that an act or a scene is in, if it may be read. */
export async function findStoryOf(db: Database, reading: Reading, id: string): Promise<ReadableBrief | undefined> {
  const { rows } = await sql<ReadableBrief>`
    select ${brief} from entities
    where ${isReadableIn(reading)} and entities.id in (
      select story_id from acts where id = ${id}
      union all
      select acts.story_id from scenes join acts on acts.id = scenes.act_id where scenes.id = ${id}
    )`.execute(db)
  return rows[0]
}

/** The stories of a book in order. */
export async function listReadableStories(db: Database, reading: Reading, bookId: string): Promise<ReadableBrief[]> {
  const { rows } = await sql<ReadableBrief>`
    select ${brief} from book_stories join entities on entities.id = book_stories.story_id
    where book_stories.book_id = ${bookId} and ${isReadableIn(reading)} order by book_stories.position`.execute(db)
  return rows
}

/** Entries by their name or its words, despite typos. */
export async function searchReadable(db: Database, reading: Reading, text: string): Promise<ReadableBrief[]> {
  const scope = {
    ...onlyWorld(reading.world.id),
    kinds: Object.keys(entities) as EntityKind[], // keys are kinds
    configurations: [nameConfiguration],
  }
  const found = await suggestIn(db, scope, text, 50)
  const briefs = await findBriefs(
    db,
    reading,
    found.map(({ id }) => id),
    'listed',
  )
  return found.flatMap(({ id }) => briefs.get(id) ?? [])
}

/**
 * The file of an image that a reader may see: any of a world that may be read; of entries that were shared, their covers and the
 * images in their texts.
 *
 * @throws {NotFoundError} also if nothing has been uploaded yet
 */
export async function findReadableFile(
  db: Database,
  reading: Reading,
  id: string,
): Promise<StoredFile & { readonly name: string }> {
  const { only, world } = reading
  const ids = only && [...only]
  const isAllowed = ids
    ? sql<boolean>`(entities.id = any(${ids}::uuid[])
        or exists (select from entities as shown where shown.id = any(${ids}::uuid[]) and shown.cover_id = entities.id)
        or exists (select from mentions where mentions.from_id = any(${ids}::uuid[]) and mentions.to_id = entities.id))`
    : sql<boolean>`true`
  return await db
    .selectFrom('images')
    .innerJoin('entities', 'entities.id', 'images.id')
    .where('images.id', '=', id)
    .where('entities.worldId', '=', world.id)
    .where('entities.deletedAt', 'is', null)
    .where('fileKey', 'is not', null)
    .where(isAllowed)
    .select(['fileKey', 'mediaType', 'width', 'height', 'byteSize', 'checksum', 'entities.name'])
    .$narrowType<StoredFile>()
    .executeTakeFirstOrThrow(() => new NotFoundError(image.wording.one))
}

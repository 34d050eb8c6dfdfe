import type { Database } from '@worldloom/db'
import {
  type Calendar,
  type DateRange,
  type EntityDefinition,
  type EntityKind,
  entities,
  rangeOf,
} from '@worldloom/schema'
import { sql } from 'kysely'
import { findStoredDates } from '../time/dates.ts'

/** A date as the rules compare it. */
export interface KnownDate extends DateRange {
  readonly date: string
}

export interface KnownEntry {
  readonly id: string
  readonly kind: EntityKind
  readonly displayName: string
  /** By field. */
  readonly dates: ReadonlyMap<string, KnownDate>
}

export interface KnownScene {
  readonly id: string
  readonly actId: string
  readonly locationId: string | null
  readonly personaIds: readonly string[]
  readonly thingIds: readonly string[]
}

export interface KnownLink {
  readonly id: string
  readonly fromId: string
  readonly toId: string
  readonly meaning: 'parent' | 'ownership'
  readonly beganOn: KnownDate | undefined
  readonly endedOn: KnownDate | undefined
}

/** What the rules look at: entries with dates, and what these are connected with. None of it is in the trash. */
export interface KnownWorld {
  readonly calendar: Calendar
  readonly entries: ReadonlyMap<string, KnownEntry>
  /** Scenes with a date. */
  readonly scenes: readonly KnownScene[]
  /** The acts of these scenes, in the order of each story. */
  readonly acts: readonly { readonly id: string; readonly storyId: string }[]
  readonly links: readonly KnownLink[]
  /** Things, by the persona that they belong to. */
  readonly owned: readonly { readonly thingId: string; readonly personaId: string }[]
  /** What each location lies in. */
  readonly parents: ReadonlyMap<string, string>
  readonly mentionsOfTrash: readonly {
    readonly fromId: string
    readonly toId: string
    readonly toName: string
    readonly field: string
  }[]
}

/** Beyond this many mentions of what is in the trash, the rest is not listed. */
const maxMentions = 500

export async function loadKnownWorld(db: Database, worldId: string, calendar: Calendar): Promise<KnownWorld> {
  const definitions: EntityDefinition[] = Object.values(entities)
  const stored = await findStoredDates(db, worldId, definitions)
  const dates = new Map<string, Map<string, KnownDate>>()
  for (const { entityId, field, date } of stored) {
    const range = rangeOf(calendar, date)
    if (entityId && range) dates.set(entityId, (dates.get(entityId) ?? new Map()).set(field, { date, ...range }))
  }
  const sceneIds = stored.flatMap(({ entityId, kind }) => (kind === 'scene' && entityId ? [entityId] : []))
  const [scenes, links, owned, parents, mentionsOfTrash] = await Promise.all([
    findScenes(db, sceneIds),
    findLinks(db, worldId),
    findOwned(db, worldId),
    findParents(db, worldId, sceneIds),
    findMentionsOfTrash(db, worldId),
  ])
  const acts = await findActs(db, [...new Set(scenes.map(({ actId }) => actId))])
  const known = (text: string | null) => {
    const range = text === null ? undefined : rangeOf(calendar, text)
    return text !== null && range ? { date: text, ...range } : undefined
  }
  const ids = new Set([
    ...dates.keys(),
    ...scenes.flatMap(({ personaIds, thingIds, locationId, actId }) => [
      ...personaIds,
      ...thingIds,
      ...(locationId ? [locationId] : []),
      actId,
    ]),
    ...links.flatMap(({ fromId, toId }) => [fromId, toId]),
    ...owned.flatMap(({ thingId, personaId }) => [thingId, personaId]),
    ...parents.values(),
    ...mentionsOfTrash.map(({ fromId }) => fromId),
  ])
  const rows = await db
    .selectFrom('entities')
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .where('deletedAt', 'is', null)
    .select(['id', 'kind', 'displayName'])
    .execute()
  const entries = new Map(rows.map((row) => [row.id, { ...row, dates: dates.get(row.id) ?? new Map() }]))
  return {
    calendar,
    entries,
    scenes: scenes.filter(({ id }) => entries.has(id)),
    acts: acts.filter(({ id }) => entries.has(id)),
    links: links.map(({ beganOn, endedOn, ...link }) => ({
      ...link,
      beganOn: known(beganOn),
      endedOn: known(endedOn),
    })),
    owned,
    parents,
    mentionsOfTrash,
  }
}

async function findScenes(db: Database, ids: readonly string[]): Promise<KnownScene[]> {
  const { rows } = await sql<KnownScene>`
    select scenes.id, act_id as "actId", location_id as "locationId",
      array(select persona_id from scene_personas where scene_id = scenes.id) as "personaIds",
      array(select thing_id from scene_things where scene_id = scenes.id) as "thingIds"
    from scenes where id = any (${ids}::uuid[])`.execute(db)
  return rows
}

async function findActs(db: Database, ids: readonly string[]) {
  return await db
    .selectFrom('acts')
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy('storyId')
    .orderBy('position')
    .select(['id', 'storyId'])
    .execute()
}

/** Those that say something about dates or owners. */
async function findLinks(db: Database, worldId: string) {
  const { rows } = await sql<{
    id: string
    fromId: string
    toId: string
    meaning: KnownLink['meaning']
    beganOn: string | null
    endedOn: string | null
  }>`
    select links.id, from_id as "fromId", to_id as "toId", meaning, began_on as "beganOn", ended_on as "endedOn"
    from links join link_kinds on link_kinds.id = links.link_kind_id
    where links.world_id = ${worldId} and links.deleted_at is null and meaning is not null`.execute(db)
  return rows
}

/** Only of things that a link gives an owner as well. */
async function findOwned(db: Database, worldId: string) {
  const { rows } = await sql<{ thingId: string; personaId: string }>`
    select things.id as "thingId", owner_persona_id as "personaId"
    from links join link_kinds on link_kinds.id = links.link_kind_id and meaning = 'ownership'
      join things on things.id = links.to_id
    where links.world_id = ${worldId} and links.deleted_at is null and owner_persona_id is not null
    group by 1, 2`.execute(db)
  return rows
}

async function findParents(db: Database, worldId: string, sceneIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; parentId: string }>`
    with recursive places (id, parent_id) as (
      select id, parent_id from locations
      where id in (select location_id from scenes where id = any (${sceneIds}::uuid[])) and world_id = ${worldId}
      union
      select locations.id, locations.parent_id from locations join places on locations.id = places.parent_id
    )
    select id, parent_id as "parentId" from places where parent_id is not null`.execute(db)
  return new Map(rows.map(({ id, parentId }) => [id, parentId]))
}

async function findMentionsOfTrash(db: Database, worldId: string) {
  const { rows } = await sql<{ fromId: string; toId: string; toName: string; field: string }>`
    select mentions.from_id as "fromId", mentions.to_id as "toId", entities.display_name as "toName", mentions.field
    from entities join mentions on mentions.to_id = entities.id
    where entities.world_id = ${worldId} and entities.deleted_at is not null and mentions.from_id is not null
    order by mentions.from_id, mentions.field limit ${maxMentions}::int`.execute(db)
  return rows
}

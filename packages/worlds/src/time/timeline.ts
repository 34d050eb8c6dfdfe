import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, isAfter, type SortKey, toPage } from '@worldloom/db'
import {
  BadInputError,
  type Calendar,
  type DateMark,
  type DateRange,
  type EntityDefinition,
  type EntityKind,
  entities,
  formatWorldDate,
  parseWorldDate,
  rangeOf,
  type TimelineItem,
  type timelineListInput,
  yearsBetween,
} from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { findWorldOf } from '../records/connections.ts'
import { findWorldById } from '../worlds/read.ts'
import { calendarOf } from './calendar.ts'
import { dateFields } from './dates.ts'
import { findSceneView } from './sceneView.ts'

/** In world time. */
const timeKey: SortKey = {
  expression: sql`dated.begins`,
  text: sql<string>`dated.begins::text`,
  type: 'double precision',
  parse: (text) => (/^-?\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,3})?$/.test(text) ? Number(text) : undefined),
}

interface Row {
  readonly id: string
  readonly sortKey: string
  readonly field: string
  readonly marks: DateMark
  readonly begins: number
  readonly ends: number
  readonly entityId: string | null
  readonly kind: EntityKind | null
  readonly name: string | null
  readonly displayName: string | null
  readonly date: string
  readonly bornOn: string | null
  readonly linkId: string | null
  readonly linkName: string | null
  readonly fromEntry: Brief | null
  readonly toEntry: Brief | null
}
type Brief = { id: string; kind: EntityKind; name: string; displayName: string }

/**
 * What happens in a world, in its own time, one page at a time (keyset): scenes, births and deaths, what is made and lost, and
 * when links begin and end.
 *
 * @throws {NotFoundError | BadCursorError}
 * @throws {BadInputError} for `from` and `to` that are no dates of the calendar
 */
export async function listTimeline(
  db: Database,
  principal: KnownPrincipal,
  { worldId, from, to, kinds, of, atScene, limit, cursor }: z.output<typeof timelineListInput>,
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> {
  const world = await findWorldById(db, principal, worldId)
  const calendar = calendarOf(world.calendar)
  const view = atScene ? await findSceneView(db, principal, atScene, worldId) : undefined
  if (of && ((await findWorldOf(db, principal, of)) !== worldId || view?.hides(of))) {
    throw new BadInputError({ of: ['There is no such entry in this world'] })
  }
  const list = JSON.stringify(['timeline', worldId, from, to, kinds, of, atScene])
  const start = cursor === undefined ? undefined : decodeCursor(list, cursor, timeKey)
  const conditions: RawBuilder<unknown>[] = [sql`dated.world_id = ${worldId}`]
  if (from) conditions.push(sql`dated.ends > ${rangeIn(calendar, 'from', from).begins}::double precision`)
  if (to) conditions.push(sql`dated.begins < ${rangeIn(calendar, 'to', to).ends}::double precision`)
  if (kinds && kinds.length > 0) conditions.push(sql`dated.kind = any (${kinds}::entity_kind[])`)
  if (of) conditions.push(concerns(of))
  if (view) {
    const hidden = view.hidden.length > 0 ? view.hidden : null
    const admitted = (id: string) =>
      sql`search_admits(${sql.ref(id)}, null, ${hidden}::uuid[], ${view.moment}::double precision)`
    conditions.push(
      sql`(dated.entity_id is null or ${admitted('dated.entityId')})`,
      sql`(dated.link_id is null or ${admitted('links.fromId')} and ${admitted('links.toId')})`,
      sql`(${view.moment}::double precision is null or dated.begins <= ${view.moment}::double precision)`,
    )
  }
  if (start) conditions.push(isAfter(timeKey, sql`dated.id`, 'asc', start))
  // world_dates_begins_idx
  const { rows } = await sql<Row>`
    select dated.id, ${timeKey.text} as "sortKey", dated.field, dated.marks, dated.begins, dated.ends, entities.id as "entityId",
      entities.kind, entities.name, entities.display_name as "displayName", personas.born_on as "bornOn",
      coalesce(${dateOf()}, case dated.field when 'beganOn' then links.began_on else links.ended_on end) as date,
      links.id as "linkId", link_kinds.name as "linkName", ${briefly('one')} as "fromEntry", ${briefly('other')} as "toEntry"
    from world_dates as dated
      left join entities on entities.id = dated.entity_id
      left join personas on personas.id = dated.entity_id
      left join links on links.id = dated.link_id
      left join link_kinds on link_kinds.id = links.link_kind_id
      left join entities as one on one.id = links.from_id
      left join entities as other on other.id = links.to_id
    where (entities.id is null or entities.deleted_at is null)
      and (links.id is null or links.deleted_at is null and one.deleted_at is null and other.deleted_at is null)
      and ${sql.join(conditions, sql` and `)}
    order by ${timeKey.expression}, dated.id limit ${limit + 1}::int`.execute(db)
  const page = toPage(list, rows, limit)
  const isKnown = ({ entityId, field }: Omit<Row, 'sortKey'>) => !view?.hiddenFields.get(entityId ?? '')?.has(field)
  const called = (entry: Brief): Brief => ({
    ...entry,
    displayName: view?.hiddenFields.get(entry.id)?.has('displayName') ? entry.name : entry.displayName,
  })
  return { items: page.items.filter(isKnown).map((row) => toItem(calendar, row, called)), nextCursor: page.nextCursor }
}

export function rangeIn(calendar: Calendar, field: string, text: string): DateRange {
  const { date, error } = parseWorldDate(calendar, text)
  const range = date === undefined ? undefined : rangeOf(calendar, date)
  if (!range) throw new BadInputError({ [field]: [error ?? 'Is not a date of this calendar'] })
  return range
}

/** The stored date of an entry, from the column that `dated.field` names. */
function dateOf(): RawBuilder<string> {
  const columns = Object.values<EntityDefinition>(entities).flatMap((definition) =>
    dateFields(definition).map(
      ({ field }) => sql`when dated.kind = ${sql.lit(definition.kind)} and dated.field = ${sql.lit(field)} then (
        select ${sql.ref(`${definition.plural}.${field}`)} from ${sql.table(definition.plural)}
        where ${sql.ref(`${definition.plural}.id`)} = dated.entity_id
      )`,
    ),
  )
  return sql<string>`case ${sql.join(columns, sql` `)} end`
}

function briefly(table: string): RawBuilder<Brief | null> {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql`case when ${column('id')} is not null then jsonb_build_object(
    'id', ${column('id')}, 'kind', ${column('kind')}, 'name', ${column('name')}, 'displayName', ${column('displayName')}) end`
}

/** An entry itself, its links, the scenes that it is in or that happen there, and the scenes of its story or act. */
function concerns(id: string): RawBuilder<boolean> {
  return sql<boolean>`(
    dated.entity_id = ${id}
    or dated.link_id in (select id from links where from_id = ${id} or to_id = ${id})
    or dated.entity_id in (
      select scene_id from scene_personas where persona_id = ${id}
      union all select scene_id from scene_things where thing_id = ${id}
      union all select id from scenes where location_id = ${id} or act_id = ${id}
      union all select scenes.id from scenes join acts on acts.id = scenes.act_id where acts.story_id = ${id}
    )
  )`
}

function toItem(calendar: Calendar, row: Omit<Row, 'sortKey'>, called: (entry: Brief) => Brief): TimelineItem {
  const {
    id,
    field,
    marks,
    date,
    begins,
    ends,
    entityId,
    kind,
    name,
    displayName,
    bornOn,
    linkId,
    linkName,
    fromEntry,
    toEntry,
  } = row
  const isAge = bornOn !== null && field !== 'bornOn'
  return {
    ...{ id, field, marks, date, begins, ends },
    text: formatWorldDate(calendar, date),
    entry:
      entityId && kind && name !== null && displayName !== null
        ? called({ id: entityId, kind, name, displayName })
        : null,
    link:
      linkId && fromEntry && toEntry
        ? { id: linkId, label: linkName ?? '', from: called(fromEntry), to: called(toEntry) }
        : null,
    age: (isAge && yearsBetween(calendar, bornOn, date)) || null,
  }
}

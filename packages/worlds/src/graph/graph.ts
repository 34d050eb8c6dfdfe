import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  type EntityKind,
  entityKinds,
  type Graph,
  type graphAroundInput,
  type graphWorldInput,
  NotFoundError,
} from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { findWorldOf } from '../records/connections.ts'
import { findSceneView, type SceneView } from '../time/sceneView.ts'
import { findWorldById } from '../worlds/read.ts'

/** How many edges of one step are looked at: an entry can have tens of thousands. */
const maxEdges = 10_000

type Filters = Pick<z.output<typeof graphWorldInput>, 'kinds' | 'tags' | 'linkKinds' | 'sources'>

/**
 * The entries around one, up to three steps away, and the edges between them. If there are more than the limit, the most
 * connected of each step are kept.
 *
 * @throws {NotFoundError}
 */
export async function findGraphAround(
  db: Database,
  principal: KnownPrincipal,
  { id, depth, limit, atScene, ...filters }: z.output<typeof graphAroundInput>,
): Promise<Graph> {
  const worldId = await findWorldOf(db, principal, id)
  const view = atScene ? await findSceneView(db, principal, atScene, worldId) : undefined
  if (view?.hides(id)) throw new NotFoundError('entry')
  const distances = new Map([[id, 0]])
  let isCut = false
  let level = [id]
  for (let distance = 1; distance <= depth && level.length > 0 && distances.size < limit; distance++) {
    const { ids, isMore } = await findNeighbours(
      db,
      worldId,
      level,
      [...distances.keys()],
      filters,
      view,
      limit - distances.size,
    )
    isCut ||= isMore
    for (const found of ids) distances.set(found, distance)
    level = ids
  }
  if (!isCut && distances.size >= limit && level.length > 0) isCut = true
  const ids = [...distances.keys()]
  return {
    nodes: await readNodes(db, ids, view, (found) => distances.get(found) ?? 0),
    edges: await readEdges(db, worldId, ids, filters, view),
    isCut,
  }
}

/**
 * The most connected entries of a world, and the edges between them.
 *
 * @throws {NotFoundError}
 */
export async function findGraphOfWorld(
  db: Database,
  principal: KnownPrincipal,
  { worldId, limit, atScene, ...filters }: z.output<typeof graphWorldInput>,
): Promise<Graph> {
  await findWorldById(db, principal, worldId)
  const view = atScene ? await findSceneView(db, principal, atScene, worldId) : undefined
  // entity_degrees_degree_idx. Those without an edge come last, as far as there is room.
  const { rows } = await sql<{ id: string }>`
    select entities.id from entity_degrees join entities on entities.id = entity_degrees.entity_id
    where entity_degrees.world_id = ${worldId} and entity_degrees.degree > 0 and entities.deleted_at is null
      and ${isChosen(filters)} and ${view ? view.admits() : sql`true`}
    order by entity_degrees.degree desc, entity_degrees.entity_id limit ${limit + 1}::int`.execute(db)
  const ids = rows.slice(0, limit).map(({ id }) => id)
  if (ids.length < limit) ids.push(...(await findUnconnected(db, worldId, ids, filters, view, limit - ids.length)))
  return {
    nodes: await readNodes(db, ids, view, () => 0),
    edges: await readEdges(db, worldId, ids, filters, view),
    isCut: rows.length > limit || (ids.length >= limit && (await isMore(db, worldId, ids.length, filters.kinds))),
  }
}

/** Also those whose edges are too new to be counted. */
async function findUnconnected(
  db: Database,
  worldId: string,
  known: readonly string[],
  { kinds, tags }: Filters,
  view: SceneView | undefined,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select entities.id from entities
    where entities.world_id = ${worldId} and entities.deleted_at is null and entities.id <> all (${known}::uuid[])
      and ${isChosen({ kinds, tags })} and ${view ? view.admits() : sql`true`}
    order by entities.updated_at desc, entities.id desc limit ${limit}::int`.execute(db)
  return rows.map(({ id }) => id)
}

async function isMore(db: Database, worldId: string, shown: number, kinds: readonly EntityKind[] = entityKinds) {
  const { count } = await db
    .selectFrom('entityCounts')
    .where('worldId', '=', worldId)
    .where('kind', 'in', kinds.length > 0 ? kinds : entityKinds)
    .select(sql<number>`coalesce(sum(count), 0)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count > shown
}

/** Whether an entry is of one of the kinds, and has one of the tags. */
function isChosen({ kinds, tags }: Pick<Filters, 'kinds' | 'tags'>): RawBuilder<boolean> {
  const conditions = [
    ...(kinds && kinds.length > 0 ? [sql`entities.kind = any (${kinds}::entity_kind[])`] : []),
    ...(tags && tags.length > 0
      ? [
          sql`exists (
            select from entity_tags where entity_tags.entity_id = entities.id and entity_tags.tag_id = any (${tags}::uuid[])
          )`,
        ]
      : []),
  ]
  return conditions.length > 0 ? sql<boolean>`${sql.join(conditions, sql` and `)}` : sql<boolean>`true`
}

function isWanted({ sources, linkKinds }: Filters): RawBuilder<boolean> {
  const conditions = [
    ...(sources && sources.length > 0 ? [sql`edges.source = any (${sources}::text[])`] : []),
    ...(linkKinds && linkKinds.length > 0
      ? [sql`(edges.link_kind_id is null or edges.link_kind_id = any (${linkKinds}::uuid[]))`]
      : []),
  ]
  return conditions.length > 0 ? sql<boolean>`${sql.join(conditions, sql` and `)}` : sql<boolean>`true`
}

/** Whether a link, if it is one, holds at the moment of the view. */
function holds(view: SceneView | undefined): RawBuilder<boolean> {
  if (!view || view.moment === null) return sql<boolean>`true`
  return sql<boolean>`not exists (
    select from world_dates
    where world_dates.link_id = edges.link_id
      and (marks = 'begin' and begins > ${view.moment}::double precision or marks = 'end' and ends <= ${view.moment}::double precision)
  )`
}

async function findNeighbours(
  db: Database,
  worldId: string,
  level: readonly string[],
  known: readonly string[],
  filters: Filters,
  view: SceneView | undefined,
  limit: number,
): Promise<{ ids: string[]; isMore: boolean }> {
  const { rows } = await sql<{ id: string }>`
    with neighbours as materialized (
      select distinct edges.other_id from (
        (select to_id as other_id, source, link_id, link_kind_id from entity_edges where from_id = any (${level}::uuid[]) limit ${maxEdges}::int)
        union all
        (select from_id, source, link_id, link_kind_id from entity_edges where to_id = any (${level}::uuid[]) limit ${maxEdges}::int)
      ) as edges
      where ${isWanted(filters)} and ${holds(view)}
    )
    -- Each by its id: a plan for any number of them would read all entries of the world.
    select neighbours.other_id as id
    from neighbours cross join lateral (
      select from entities
      where entities.id = neighbours.other_id and entities.world_id = ${worldId} and entities.deleted_at is null
        and ${isChosen(filters)} and ${view ? view.admits() : sql`true`}
      limit 1
    ) as visible left join lateral (
      select degree from entity_degrees where entity_degrees.entity_id = neighbours.other_id limit 1
    ) as degrees on true
    where neighbours.other_id <> all (${known}::uuid[])
    order by coalesce(degrees.degree, 0) desc, neighbours.other_id limit ${limit + 1}::int`.execute(db)
  return { ids: rows.slice(0, limit).map(({ id }) => id), isMore: rows.length > limit }
}

async function readNodes(
  db: Database,
  ids: readonly string[],
  view: SceneView | undefined,
  distanceOf: (id: string) => number,
): Promise<Graph['nodes']> {
  const { rows } = await sql<Omit<Graph['nodes'][number], 'distance'>>`
    select entities.id, entities.kind, entities.name, entities.display_name as "displayName",
      entities.is_placeholder as "isPlaceholder", coalesce(entity_degrees.degree, 0) as degree,
      ${
        view?.moment === undefined || view.moment === null
          ? sql`false`
          : sql`exists (
        select from world_dates
        where world_dates.entity_id = entities.id and marks = 'end' and ends <= ${view.moment}::double precision
      )`
      } as "isOver"
    from entities left join entity_degrees on entity_degrees.entity_id = entities.id
    where entities.id = any (${ids}::uuid[])`.execute(db)
  const places = new Map(ids.map((id, index) => [id, index]))
  return rows
    .map((row) => ({
      ...row,
      displayName: view?.hiddenFields.get(row.id)?.has('displayName') ? row.name : row.displayName,
      // How connected something will be is only known later.
      degree: view ? 0 : row.degree,
      distance: distanceOf(row.id),
    }))
    .toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0))
}

async function readEdges(
  db: Database,
  worldId: string,
  ids: readonly string[],
  filters: Filters,
  view: SceneView | undefined,
): Promise<Graph['edges']> {
  const { rows } = await sql<Graph['edges'][number]>`
    select edges.from_id as "fromId", edges.to_id as "toId", edges.source, edges.link_id as "linkId",
      edges.link_kind_id as "linkKindId", edges.structure
    from entity_edges as edges
    where edges.world_id = ${worldId} and edges.from_id = any (${ids}::uuid[]) and edges.to_id = any (${ids}::uuid[])
      and ${isWanted(filters)} and ${holds(view)}
    order by 1, 2, 3, 4`.execute(db)
  return rows
}

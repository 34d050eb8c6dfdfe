import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type EntityKind,
  type EntryMap,
  type EntryReference,
  type MapLayer,
  type MapMarker,
  type mapCreateInput,
  type mapUpdateInput,
  type markerCreateInput,
  type markerUpdateInput,
  maxMaps,
  maxMarkers,
  NotFoundError,
  type PlacedMarker,
  type WholeMap,
  type WorldMap,
  type WorldMapSummary,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { holdReferences } from '../entities/lock.ts'
import { notFoundAs } from '../notFoundAs.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import { findWorldById } from '../worlds/read.ts'
import type { Writer } from '../writer.ts'
import { findWorldOf } from './connections.ts'
import {
  countRecords,
  deleteRecord,
  findRecord,
  findRecords,
  insertRecord,
  lockRecord,
  type RecordDefinition,
  setRecordDeleted,
  updateRecord,
} from './records.ts'

export const mapRecord: RecordDefinition<WorldMap> = {
  kind: 'map',
  table: 'maps',
  noun: 'map',
  columns: ['name', 'imageId', 'locationId', 'unitsAcross', 'unit', 'layers'],
  nameOf: (_, { name }) => name,
}

export const markerRecord: RecordDefinition<MapMarker> = {
  kind: 'marker',
  table: 'map_markers',
  noun: 'marker',
  columns: ['mapId', 'entityId', 'entityKind', 'label', 'shape', 'points', 'color', 'layerId'],
  nameOf: async (db, { label, entityId, mapId }) => {
    const { rows } = await sql<{ name: string }>`
      select coalesce(nullif(${label}, ''), (select display_name from entities where id = ${entityId}), 'a marker')
        || ' on ' || maps.name as name
      from maps where id = ${mapId}`.execute(db)
    return rows[0]?.name ?? 'marker'
  },
}

/** JSON columns as PostgreSQL takes them. */
function asColumns<Values extends object>(values: Values): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (name === 'layers' || name === 'points') && value !== undefined ? JSON.stringify(value) : value,
    ]),
  )
}

function selectSummaries(db: Database) {
  return db
    .selectFrom('maps')
    .leftJoin('images', 'images.id', 'maps.imageId')
    .leftJoin('entities as image', (join) =>
      join.onRef('image.id', '=', 'maps.imageId').on('image.deletedAt', 'is', null),
    )
    .leftJoin('entities as place', (join) =>
      join.onRef('place.id', '=', 'maps.locationId').on('place.deletedAt', 'is', null),
    )
    .where('maps.deletedAt', 'is', null)
    .select([
      'maps.id',
      'maps.worldId',
      'maps.name',
      'maps.imageId',
      'maps.locationId',
      'maps.unitsAcross',
      'maps.unit',
    ])
    .select(['maps.layers', 'maps.version', 'maps.createdAt', 'maps.updatedAt'])
    .select([
      sql<WorldMapSummary['image']>`case when image.id is not null and images.checksum is not null then
        jsonb_build_object('checksum', images.checksum, 'width', images.width, 'height', images.height) end`.as(
        'image',
      ),
      sql<EntryReference | null>`case when place.id is not null then
        jsonb_build_object('id', place.id, 'kind', place.kind, 'name', place.name, 'displayName', place.display_name) end`.as(
        'location',
      ),
      sql<number>`(
        select count(*)::int from map_markers left join entities on entities.id = map_markers.entity_id
        where map_id = maps.id and map_markers.deleted_at is null and entities.deleted_at is null
      )`.as('count'),
    ])
    .$castTo<WorldMapSummary>() // the layers as they were checked when they were written
}

/** The maps of a world by name. @throws {NotFoundError} */
export async function listMaps(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: WorldMapSummary[] }> {
  await findWorldById(db, principal, worldId)
  const items = await selectSummaries(db)
    .where('maps.worldId', '=', worldId)
    .orderBy(sql`lower(maps.name)`)
    .orderBy('maps.id')
    .execute()
  return { items }
}

/** A map with its markers, without those of entries in the trash. @throws {NotFoundError} */
export async function findMap(db: Database, principal: KnownPrincipal, id: string): Promise<WholeMap> {
  const map = await selectSummaries(db).where('maps.id', '=', id).executeTakeFirst()
  if (!map) throw new NotFoundError('map')
  await findWorldById(db, principal, map.worldId).catch(notFoundAs('map'))
  const { rows: markers } = await sql<PlacedMarker>`
    select map_markers.id, map_markers.world_id as "worldId", map_id as "mapId", entity_id as "entityId",
      entity_kind as "entityKind", label, shape, points, color, layer_id as "layerId",
      map_markers.version, map_markers.created_at as "createdAt", map_markers.updated_at as "updatedAt",
      case when entities.id is not null then jsonb_build_object(
        'id', entities.id, 'kind', entities.kind, 'name', entities.name, 'displayName', entities.display_name,
        'description', left(entities.description, 300)
      ) end as entry,
      (
        select inner_map.id from maps inner_map
        where inner_map.location_id = entity_id and inner_map.deleted_at is null and inner_map.id <> map_id
        order by inner_map.id limit 1
      ) as "innerMapId"
    from map_markers left join entities on entities.id = map_markers.entity_id
    where map_id = ${id} and map_markers.deleted_at is null and entities.deleted_at is null
    order by map_markers.id`.execute(db)
  return { ...map, markers }
}

/** The maps that an entry is on, or that are of it. @throws {NotFoundError} */
export async function listMapsOf(db: Database, principal: KnownPrincipal, id: string): Promise<{ items: EntryMap[] }> {
  await findWorldOf(db, principal, id)
  const { rows } = await sql<EntryMap>`
    select maps.id, maps.name,
      case when maps.location_id = ${id} then 'location' when maps.image_id = ${id} then 'image' else 'marked' end as how
    from maps
    where maps.deleted_at is null and (
      maps.location_id = ${id} or maps.image_id = ${id}
      or maps.id in (select map_id from map_markers where entity_id = ${id} and deleted_at is null)
    )
    order by lower(maps.name), maps.id limit 100`.execute(db)
  return { items: rows }
}

async function holdParts(
  trx: Database,
  worldId: string,
  { imageId, locationId }: { readonly imageId?: string | undefined; readonly locationId?: string | null | undefined },
): Promise<void> {
  await holdReferences(trx, worldId, [
    { field: 'imageId', kind: 'image', ids: imageId ? [imageId] : [] },
    { field: 'locationId', kind: 'location', ids: locationId ? [locationId] : [] },
  ])
}

/**
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 * @throws {ConflictError} if the world has as many maps as it can
 */
export async function createMap(
  db: Database,
  writer: Writer,
  { worldId, ...values }: z.output<typeof mapCreateInput>,
): Promise<WorldMap> {
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, writer.principal, worldId, 'editor')
    if ((await countRecords(trx, mapRecord, 'worldId', worldId)) >= maxMaps)
      throw new ConflictError(`A world can have ${maxMaps} maps. Delete some first.`)
    await holdParts(trx, worldId, values)
    return await insertRecord(trx, writer, mapRecord, worldId, asColumns(values))
  })
}

/** Markers on layers that it has no more are on none then. @throws {NotFoundError | RoleTooLowError | ChangedError | BadInputError} */
export async function updateMap(
  db: Database,
  writer: Writer,
  { id, version, ...values }: z.output<typeof mapUpdateInput>,
): Promise<WorldMap> {
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, mapRecord, id, { version })
    await holdParts(trx, before.worldId, values)
    if (values.layers) await leaveLayers(trx, writer, before, values.layers)
    return await updateRecord(trx, writer, mapRecord, before, asColumns(values))
  })
}

/** Markers on layers that a map has no more are always shown from then on. Logged before the map, so that undoing has its layers first. */
async function leaveLayers(trx: Database, writer: Writer, map: WorldMap, layers: readonly MapLayer[]): Promise<void> {
  const kept = layers.map(({ id }) => id)
  if (map.layers.every(({ id }) => kept.includes(id))) return
  const left = await findRecords(trx, markerRecord, map.worldId, {
    where: sql`map_id = ${map.id} and layer_id <> all (${kept}::integer[])`,
  })
  for (const marker of left) await updateRecord(trx, writer, markerRecord, marker, { layerId: null })
}

/** Its markers go and come back with it. @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function deleteMap(
  db: Database,
  writer: Writer,
  which: { readonly id: string; readonly version: number },
): Promise<{ id: string }> {
  return await deleteRecord(db, writer, mapRecord, which)
}

/** @throws {NotFoundError | RoleTooLowError | BadInputError} if its image is in the trash by now */
export async function restoreMap(trx: Database, writer: Writer, id: string): Promise<WorldMap> {
  const before = await lockRecord(trx, writer.principal, mapRecord, id, { state: 'deleted' })
  await holdParts(trx, before.worldId, before)
  return await setRecordDeleted(trx, writer, mapRecord, before, false)
}

/** Locks the map of a marker, as it must not be deleted meanwhile. @throws {NotFoundError | RoleTooLowError} */
async function lockMap(trx: Database, writer: Writer, mapId: string): Promise<WorldMap> {
  return await lockRecord(trx, writer.principal, mapRecord, mapId)
}

/** @throws {BadInputError} */
function requirePlace(
  map: WorldMap,
  { shape, points, layerId, entityId, label }: Pick<MapMarker, 'shape' | 'points' | 'layerId' | 'entityId' | 'label'>,
): void {
  if (shape === 'pin' && points.length !== 1) throw new BadInputError({ points: ['A pin has one'] })
  if (shape === 'area' && points.length < 3) throw new BadInputError({ points: ['An area has at least three corners'] })
  if (layerId !== null && !map.layers.some(({ id }) => id === layerId)) {
    throw new BadInputError({ layerId: ['This map has no such layer'] })
  }
  if (entityId === null && label === '')
    throw new BadInputError({ label: ['Give it a label, or an entry that it marks'] })
}

/** The kind of an entry that is marked, which is held. @throws {BadInputError} */
async function holdMarked(trx: Database, worldId: string, id: string): Promise<EntityKind> {
  const found = await trx
    .selectFrom('entities')
    .where('id', '=', id)
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .select('kind')
    .forShare()
    .executeTakeFirst()
  if (!found) throw new BadInputError({ entityId: ['There is no such entry in this world'] })
  return found.kind
}

/**
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 * @throws {ConflictError} if the map has as many markers as it can
 */
export async function createMarker(
  db: Database,
  writer: Writer,
  {
    mapId,
    entityId = null,
    label = '',
    layerId = null,
    color = 'red',
    shape,
    points,
  }: z.output<typeof markerCreateInput>,
): Promise<MapMarker> {
  return await inTransaction(db, async (trx) => {
    const map = await lockMap(trx, writer, mapId)
    requirePlace(map, { shape, points, layerId, entityId, label })
    if ((await countRecords(trx, markerRecord, 'mapId', mapId)) >= maxMarkers) {
      throw new ConflictError(`A map can have ${maxMarkers.toLocaleString('en')} markers. Delete some first.`)
    }
    const entityKind = entityId ? await holdMarked(trx, map.worldId, entityId) : null
    const values = { mapId, entityId, entityKind, label, shape, points, color, layerId }
    return await insertRecord(trx, writer, markerRecord, map.worldId, asColumns(values))
  })
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError | BadInputError} */
export async function updateMarker(
  db: Database,
  writer: Writer,
  { id, version, ...given }: z.output<typeof markerUpdateInput>,
): Promise<MapMarker> {
  return await inTransaction(db, async (trx) => {
    const { mapId } = await findRecord(trx, writer.principal, markerRecord, id)
    const map = await lockMap(trx, writer, mapId)
    const before = await lockRecord(trx, writer.principal, markerRecord, id, { version })
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const after = { ...before, ...values }
    requirePlace(map, after)
    const entityKind = after.entityId === null ? null : await holdMarked(trx, map.worldId, after.entityId)
    return await updateRecord(trx, writer, markerRecord, before, asColumns({ ...values, entityKind }))
  })
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError} */
export async function deleteMarker(
  db: Database,
  writer: Writer,
  which: { readonly id: string; readonly version: number },
): Promise<{ id: string }> {
  return await deleteRecord(db, writer, markerRecord, which)
}

/** @throws {NotFoundError | RoleTooLowError | BadInputError} if what it marks is in the trash by now */
export async function restoreMarker(trx: Database, writer: Writer, id: string): Promise<MapMarker> {
  const before = await lockRecord(trx, writer.principal, markerRecord, id, { state: 'deleted' })
  await lockMap(trx, writer, before.mapId)
  if (before.entityId) await holdMarked(trx, before.worldId, before.entityId)
  return await setRecordDeleted(trx, writer, markerRecord, before, false)
}

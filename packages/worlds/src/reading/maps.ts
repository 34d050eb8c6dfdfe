import type { Database } from '@worldloom/db'
import type { EntityKind, MapLayer, PlacedMarker } from '@worldloom/schema'
import { NotFoundError } from '@worldloom/schema'
import { sql } from 'kysely'
import { isReadableIn, type Reading } from './access.ts'

/** A map as readers see it. */
export interface ReadableMap {
  readonly id: string
  readonly name: string
  readonly imageId: string
  readonly width: number
  readonly height: number
  readonly markers: readonly ReadableMarker[]
}

interface ReadableMarker extends Pick<PlacedMarker, 'id' | 'shape' | 'points' | 'color' | 'layerId'> {
  readonly label: string
  readonly entry: { readonly id: string; readonly kind: EntityKind } | null
  readonly innerMapId: string | null
}

interface ListedMap extends Omit<ReadableMap, 'markers'> {
  readonly layers: readonly MapLayer[]
}

/** The maps of a world that have a picture, by name. Only who may read all of a world sees them. */
export async function listReadableMaps(db: Database, { world, only }: Reading): Promise<readonly ListedMap[]> {
  if (only) return []
  const { rows } = await sql<ListedMap>`
    select maps.id, maps.name, maps.layers, maps.image_id as "imageId", images.width, images.height
    from maps join images on images.id = maps.image_id join entities on entities.id = images.id
    where maps.world_id = ${world.id} and maps.deleted_at is null and entities.deleted_at is null
      and images.checksum is not null
    order by lower(maps.name), maps.id`.execute(db)
  return rows
}

/**
 * A map with its markers, without those on hidden layers and of entries that are spoilers as a whole.
 *
 * @param maps those that the reader may see
 * @throws {NotFoundError}
 */
export async function readMap(
  db: Database,
  reading: Reading,
  maps: readonly ListedMap[],
  id: string,
): Promise<ReadableMap> {
  const found = maps.find((each) => each.id === id)
  if (!found) throw new NotFoundError('map')
  const { layers, ...map } = found
  const { rows: markers } = await sql<ReadableMarker>`
    select map_markers.id, shape, points, color, layer_id as "layerId",
      coalesce(nullif(label, ''), case when entities.spoilers ? 'displayName' then entities.name else entities.display_name end, '')
        as label,
      case when entities.id is not null then jsonb_build_object('id', entities.id, 'kind', entities.kind) end as entry,
      (
        select inner_map.id from maps inner_map
        where inner_map.location_id = entity_id and inner_map.deleted_at is null and inner_map.id <> map_id
        order by inner_map.id limit 1
      ) as "innerMapId"
    from map_markers left join entities on entities.id = map_markers.entity_id
    where map_id = ${id} and map_markers.deleted_at is null
      and (map_markers.entity_id is null or (${isReadableIn(reading)} and not entities.spoilers ? 'entry'))
    order by map_markers.id`.execute(db)
  const hidden = layers.filter(({ isHidden }) => isHidden).map(({ id: layerId }) => layerId)
  return { ...map, markers: markers.filter(({ layerId }) => layerId === null || !hidden.includes(layerId)) }
}

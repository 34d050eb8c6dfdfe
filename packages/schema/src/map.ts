import { z } from 'zod'
import {
  type EntryMap,
  type MapLayer,
  type MapMarker,
  markerShapes,
  type PlacedMarker,
  tagColors,
  type WholeMap,
  type WorldMap,
  type WorldMapSummary,
} from './connected.ts'
import { entityKinds } from './entity/kinds.ts'
import { entryReference } from './entryReference.ts'
import { idField, versionField } from './ids.ts'
import { nameField, text } from './text.ts'
import { timestamp } from './time.ts'

/** How many maps a world can have, and how many markers and layers a map. */
export const maxMaps = 500
export const maxMarkers = 2000
export const maxLayers = 50
/** How many corners an area can have. */
export const maxCorners = 300

const recorded = {
  id: idField,
  worldId: idField,
  version: versionField,
  createdAt: timestamp,
  updatedAt: timestamp,
}
const mapName = nameField.refine((name) => name.length <= 100, 'At most 100 characters')

export const mapLayer = z
  .strictObject({
    id: z.int('Must be a whole number').min(1, 'Must be at least 1').max(1_000_000, 'Must be at most 1,000,000'),
    name: mapName,
    isHidden: z.boolean('Must be true or false').default(false),
  })
  .meta({ id: 'MapLayer' }) satisfies z.ZodType<MapLayer>

const layers = z
  .array(mapLayer)
  .max(maxLayers, `At most ${maxLayers}`)
  .refine((given) => new Set(given.map(({ id }) => id)).size === given.length, 'Each id once')

const mapFields = {
  name: mapName,
  imageId: idField,
  /** The location that it is the map of: a marker of that location on another map leads to this one. */
  locationId: idField.nullable(),
  /** How many of its units the image is wide; null if it has no scale. */
  unitsAcross: z
    .number('Must be a number')
    .positive('Must be more than 0')
    .max(1e12, 'Must be at most 1e12')
    .nullable(),
  unit: text(50).overwrite((value) => value.trim()),
  layers,
}

export const mapAnswer = z
  .object({ ...recorded, ...mapFields, name: z.string(), unit: z.string(), layers: z.array(mapLayer) })
  .meta({ id: 'Map' }) satisfies z.ZodType<WorldMap>

export const mapSummary = z
  .object({
    ...mapAnswer.shape,
    image: z.object({ checksum: z.string(), width: z.int(), height: z.int() }).nullable(),
    location: entryReference.nullable(),
    count: z.int(),
  })
  .meta({ id: 'MapSummary' }) satisfies z.ZodType<WorldMapSummary>

const coordinate = z.number('Must be a number').min(0, 'Must be at least 0').max(1, 'Must be at most 1')
const point = z.tuple([coordinate, coordinate], { error: 'Must be a pair of numbers, x and y' })

const markerFields = {
  entityId: idField.nullable(),
  label: text(255).overwrite((value) => value.trim()),
  shape: z.enum(markerShapes, { error: `Must be one of ${markerShapes.join(', ')}` }),
  points: z.array(point).min(1, 'At least one').max(maxCorners, `At most ${maxCorners}`),
  color: z.enum(tagColors, { error: `Must be one of ${tagColors.join(', ')}` }),
  layerId: z.int('Must be a whole number').nullable(),
}

export const markerAnswer = z
  .object({
    ...recorded,
    mapId: idField,
    ...markerFields,
    entityKind: z.enum(entityKinds).nullable(),
    label: z.string(),
  })
  .meta({ id: 'Marker' }) satisfies z.ZodType<MapMarker>

export const placedMarker = z
  .object({
    ...markerAnswer.shape,
    entry: z.object({ ...entryReference.shape, description: z.string() }).nullable(),
    innerMapId: idField.nullable(),
  })
  .meta({ id: 'PlacedMarker' }) satisfies z.ZodType<PlacedMarker>

export const wholeMap = z
  .object({ ...mapSummary.shape, markers: z.array(placedMarker) })
  .meta({ id: 'WholeMap' }) satisfies z.ZodType<WholeMap>

export const entryMap = z
  .object({ id: idField, name: z.string(), how: z.enum(['marked', 'location', 'image']) })
  .meta({ id: 'EntryMap' }) satisfies z.ZodType<EntryMap>

export const mapListInput = z.strictObject({ worldId: idField })
export const mapByIdInput = z.strictObject({ id: idField })
export const mapsOfInput = z.strictObject({ id: idField })
export const mapCreateInput = z.strictObject({
  worldId: idField,
  ...z.object(mapFields).partial().shape,
  name: mapFields.name,
  imageId: mapFields.imageId,
})
export const mapUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(mapFields).partial().shape,
})
export const mapDeleteInput = z.strictObject({ id: idField, version: versionField })

export const markerCreateInput = z.strictObject({
  mapId: idField,
  ...z.object(markerFields).partial().shape,
  shape: markerFields.shape.default('pin'),
  points: markerFields.points,
})
export const markerUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(markerFields).omit({ shape: true }).partial().shape,
})
export const markerDeleteInput = z.strictObject({ id: idField, version: versionField })

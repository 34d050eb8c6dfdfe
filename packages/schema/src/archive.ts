/**
 * A world as one file: a zip with `world.json`, a JSON Lines file for each kind and each type of link, the stored
 * images under `images/<id>`, and `manifest.json` with a checksum of each file.
 */
import { z } from 'zod'
import { calendarField } from './calendar/calendar.ts'
import { linkCardinalities, linkMeanings, markerShapes, tagColors } from './connected.ts'
import { worldDateField } from './entity/fields.ts'
import { type EntityDefinition, entities } from './entity/index.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField, versionField } from './ids.ts'
import { mapLayer } from './map.ts'
import { bodyField, descriptionField, displayNameField, nameField } from './text.ts'
import { worldVisibilities } from './world.ts'
import { worldLanguages } from './worldLanguages.ts'

export const archiveFormat = 'worldloom-world'
/** What is written. Earlier versions are read as well: 1 has no tags, links and world time, and 2 no maps. */
export const archiveVersion = 3

const time = z.iso.datetime({ error: 'Must be a time such as 2027-01-31T00:00:00.000Z' })
/** A fractional index: https://www.npmjs.com/package/fractional-indexing */
const position = z.string().regex(/^[A-Za-z][0-9A-Za-z]{1,199}$/, 'Is no position')

const written = {
  id: idField,
  name: nameField,
  displayName: displayNameField,
  description: descriptionField,
  body: bodyField,
  version: versionField,
  createdAt: time,
  updatedAt: time,
}

/** `world.json`. It does not say who owns or shares the world, as those are users of one installation. */
export const archivedWorld = z.strictObject({
  ...written,
  visibility: z.enum(worldVisibilities),
  language: z.enum(worldLanguages).default('simple'),
  calendar: calendarField.nullable().default(null),
})
export type ArchivedWorld = z.output<typeof archivedWorld>

const anyEntity = z.strictObject({
  ...written,
  isPlaceholder: z.boolean().default(false),
  coverId: idField.nullable().default(null),
  spoilers: z.record(z.string(), idField).default({}),
  /** When it was moved to the trash, and with what. */
  deletedAt: time.nullable(),
  deletedWith: idField.nullable(),
})
/** The columns that all kinds share; each kind's own are named in its definition. */
export type ArchivedEntity = z.output<typeof anyEntity> & Readonly<Record<string, unknown>>

/** A line of `stories.ndjson` and the others. */
export function archivedEntity({ fields, serverFields, parent, ordered }: EntityDefinition) {
  const own = Object.fromEntries(
    Object.entries(fields).map(([name, { schema, control }]) => [
      name,
      control.as === 'worldDate' ? schema.default(null) : schema,
    ]),
  )
  return z.strictObject({
    ...anyEntity.shape,
    ...own,
    ...serverFields,
    ...(parent && { [parent.field]: parent.required ? idField : idField.nullable() }),
    ...(ordered && { position }),
  })
}

/** Links that have tables of their own, by the file they are in. */
export const archivedLinks = {
  'book-stories': z.strictObject({ bookId: idField, storyId: idField, position }),
  'scene-personas': z.strictObject({ sceneId: idField, personaId: idField }),
  'scene-things': z.strictObject({ sceneId: idField, thingId: idField }),
} as const
export type LinkFile = keyof typeof archivedLinks

const record = { id: idField, version: versionField, createdAt: time, updatedAt: time }
const kinds = z.array(z.enum(entityKinds))

/** What else belongs to a world, by the file it is in. */
export const archivedRecords = {
  tags: z.strictObject({ ...record, name: z.string().max(100), color: z.enum(tagColors) }),
  'link-kinds': z.strictObject({
    ...record,
    ...{ name: z.string().max(100), inverseName: z.string().max(100), isSymmetric: z.boolean() },
    ...{ fromKinds: kinds, toKinds: kinds, cardinality: z.enum(linkCardinalities), isAcyclic: z.boolean() },
    meaning: z.enum(linkMeanings).nullable(),
  }),
  links: z.strictObject({
    ...record,
    ...{
      linkKindId: idField,
      fromId: idField,
      fromKind: z.enum(entityKinds),
      toId: idField,
      toKind: z.enum(entityKinds),
    },
    ...{ note: descriptionField, beganOn: worldDateField.nullable(), endedOn: worldDateField.nullable() },
  }),
  'entry-tags': z.strictObject({ entityId: idField, kind: z.enum(entityKinds), tagId: idField }),
  'continuity-dismissals': z.strictObject({
    ...record,
    ...{ finding: z.string().max(1000), basis: z.string().max(100_000), reason: descriptionField },
  }),
  maps: z.strictObject({
    ...record,
    ...{ name: z.string().max(100), imageId: idField, locationId: idField.nullable() },
    ...{ unitsAcross: z.number().positive().nullable(), unit: z.string().max(50), layers: z.array(mapLayer) },
  }),
  'map-markers': z.strictObject({
    ...record,
    ...{ mapId: idField, entityId: idField.nullable(), entityKind: z.enum(entityKinds).nullable() },
    ...{ label: z.string().max(255), shape: z.enum(markerShapes), points: z.array(z.tuple([z.number(), z.number()])) },
    ...{ color: z.enum(tagColors), layerId: z.int().nullable() },
  }),
} as const
export type RecordFile = keyof typeof archivedRecords

/** Every file of rows, in the order they are written. */
export const archiveTables: readonly string[] = [
  ...Object.values(entities).map(({ plural }) => plural),
  ...Object.keys(archivedLinks),
  ...Object.keys(archivedRecords),
]

/** The files that an archive of a version has to have. */
export function requiredArchiveTables(version: number): readonly string[] {
  const isThere = (table: string) => {
    if (table === 'maps' || table === 'map-markers') return version >= 3
    return table in archivedRecords ? version >= 2 : true
  }
  return archiveTables.filter(isThere)
}

export const archiveManifest = z.strictObject({
  format: z.literal(archiveFormat),
  version: z.union([z.literal(1), z.literal(2), z.literal(archiveVersion)]),
  /** SHA-256 of every other file, in hex. */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
})
export type ArchiveManifest = z.output<typeof archiveManifest>

/**
 * A world as one file: a zip with `world.json`, a JSON Lines file for each kind and each type of link, the stored
 * images under `images/<id>`, and `manifest.json` with a checksum of each file.
 */
import { z } from 'zod'
import { type EntityDefinition, entities } from './entity/index.ts'
import { idField, versionField } from './ids.ts'
import { bodyField, descriptionField, displayNameField, nameField } from './text.ts'
import { worldVisibilities } from './world.ts'

export const archiveFormat = 'worldloom-world'
export const archiveVersion = 1

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
export const archivedWorld = z.strictObject({ ...written, visibility: z.enum(worldVisibilities) })
export type ArchivedWorld = z.output<typeof archivedWorld>

const anyEntity = z.strictObject({
  ...written,
  /** When it was moved to the trash, and with what. */
  deletedAt: time.nullable(),
  deletedWith: idField.nullable(),
})
/** The columns that all kinds share; each kind's own are named in its definition. */
export type ArchivedEntity = z.output<typeof anyEntity> & Readonly<Record<string, unknown>>

/** A line of `stories.ndjson` and the others. */
export function archivedEntity({ fields, serverFields, parent, ordered }: EntityDefinition) {
  const own = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]))
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

/** Every file of rows, in the order they are written. */
export const archiveTables: readonly string[] = [
  ...Object.values(entities).map(({ plural }) => plural),
  ...Object.keys(archivedLinks),
]

export const archiveManifest = z.strictObject({
  format: z.literal(archiveFormat),
  version: z.literal(archiveVersion),
  /** SHA-256 of every other file, in hex. */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
})
export type ArchiveManifest = z.output<typeof archiveManifest>

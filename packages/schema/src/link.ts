import { z } from 'zod'
import {
  type Connection,
  type Link,
  type LinkKind,
  type LinkKindSummary,
  linkCardinalities,
  linkMeanings,
  type Structure,
  structures,
} from './connected.ts'
import { entityBrief } from './entity/brief.ts'
import { worldDateField } from './entity/fields.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField, versionField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { descriptionField, nameField } from './text.ts'
import { timestamp } from './time.ts'

/** How many kinds of links a world can have. */
export const maxLinkKinds = 200

const kindsField = z.array(z.enum(entityKinds)).max(entityKinds.length, `At most ${entityKinds.length}`)

const linkKindFields = {
  /** As it reads from the first entry to the second, e.g. “mother of”. */
  name: nameField.refine((name) => name.length <= 100, 'At most 100 characters'),
  /** As it reads from the second to the first, e.g. “child of”. @default the name, if symmetric */
  inverseName: nameField.refine((name) => name.length <= 100, 'At most 100 characters'),
  /** Whether it reads the same from both ends, as “sibling of”. */
  isSymmetric: z.boolean('Must be true or false'),
  /** The kinds that can be its first and its second end; all, if empty. */
  fromKinds: kindsField,
  toKinds: kindsField,
  /** Whether an entry can have one or many of them at one time: `oneToMany` is one first end to many second ends. */
  cardinality: z.enum(linkCardinalities, { error: `Must be one of ${linkCardinalities.join(', ')}` }),
  /** Whether nothing may be linked with itself through others, as nobody is their own ancestor. */
  isAcyclic: z.boolean('Must be true or false'),
  /** `parent`: the first is a parent of the second. `ownership`: the first owns the second. */
  meaning: z.enum(linkMeanings, { error: `Must be one of ${linkMeanings.join(', ')}` }).nullable(),
}

export const linkKindAnswer = z
  .object({
    id: idField,
    worldId: idField,
    name: z.string(),
    inverseName: z.string(),
    isSymmetric: z.boolean(),
    fromKinds: z.array(z.enum(entityKinds)),
    toKinds: z.array(z.enum(entityKinds)),
    cardinality: z.enum(linkCardinalities),
    isAcyclic: z.boolean(),
    meaning: z.enum(linkMeanings).nullable(),
    version: versionField,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'LinkKind' }) satisfies z.ZodType<LinkKind>
export const linkKindSummary = z
  .object({ ...linkKindAnswer.shape, count: z.int() })
  .meta({ id: 'LinkKindSummary' }) satisfies z.ZodType<LinkKindSummary>

export const linkKindListInput = z.strictObject({ worldId: idField })
export const linkKindByIdInput = z.strictObject({ id: idField })
export const linkKindCreateInput = z.strictObject({
  worldId: idField,
  ...z.object(linkKindFields).partial().shape,
  name: linkKindFields.name,
})
export const linkKindUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(linkKindFields).partial().shape,
})
export const linkKindDeleteInput = z.strictObject({ id: idField, version: versionField })

const linkFields = {
  note: descriptionField,
  /** In world time: when it begins to hold, and when it ends. */
  beganOn: worldDateField.nullable(),
  endedOn: worldDateField.nullable(),
}

export const linkAnswer = z
  .object({
    id: idField,
    worldId: idField,
    linkKindId: idField,
    fromId: idField,
    fromKind: z.enum(entityKinds),
    toId: idField,
    toKind: z.enum(entityKinds),
    note: z.string(),
    beganOn: z.string().nullable(),
    endedOn: z.string().nullable(),
    version: versionField,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Link' }) satisfies z.ZodType<Link>

export const linkByIdInput = z.strictObject({ id: idField })
export const linkCreateInput = z.strictObject({
  worldId: idField,
  linkKindId: idField,
  fromId: idField,
  toId: idField,
  ...z.object(linkFields).partial().shape,
})
export const linkUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(linkFields).partial().shape,
})
export const linkDeleteInput = z.strictObject({ id: idField, version: versionField })

export const structureNames = Object.keys(structures) as [Structure, ...Structure[]]

/** Everything that an entry is connected with: links, and what the model has. */
export const connectionListInput = z.strictObject({
  ...pageInput,
  /** The entry. */
  id: idField,
  linkKindId: idField.optional(),
  /** As things are in the world at the moment of this scene. */
  atScene: idField.optional(),
})

export const connection = z
  .object({
    /** As it reads from the entry to the other. */
    label: z.string(),
    direction: z.enum(['out', 'in', 'both']),
    other: z.object({ ...entityBrief.shape, kind: z.enum(entityKinds) }),
    /** Null for what the model itself has. */
    link: linkAnswer.nullable(),
    /** Null for links. */
    structure: z.enum(structureNames).nullable(),
  })
  .meta({ id: 'Connection' }) satisfies z.ZodType<Connection>

import { z } from 'zod'
import { capitalized } from '../capitalized.ts'
import { idField, mergeField, versionField } from '../ids.ts'
import { pageInput } from '../pagination.ts'
import { bodyField, descriptionField, displayNameField, nameField, searchField } from '../text.ts'
import { timeField, timestamp } from '../time.ts'
import type { Field } from './fields.ts'
import type { EntityKind } from './kinds.ts'
import type { LinkedBy, Parent } from './relations.ts'
import { tableFields } from './tableFields.ts'
import { tableInputs, tableRowExtras } from './tableInput.ts'
import { wholeEntry } from './wholeEntry.ts'

/** The fields of every kind that a person writes. */
const sharedFields = {
  name: nameField,
  /** @default the name */
  displayName: displayNameField,
  description: descriptionField,
  body: bodyField,
  /** Whether somebody is still to fill it in. */
  isPlaceholder: z.boolean('Must be true or false'),
  /** An image of the world, shown above it and on its card. */
  coverId: idField.nullable(),
}

/** The names of the fields that all kinds share and people write. */
export const sharedFieldNames = [...Object.keys(sharedFields), 'spoilers'] as readonly string[]

/** By the name of a field, or `entry` for all of it: the scene until which it is not to be known. */
export type Spoilers = Readonly<Record<string, string>>

/** The fields in every kind's output, except `body`, which lists leave out. */
const sharedSummary = {
  id: idField,
  worldId: idField,
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  isPlaceholder: z.boolean(),
  coverId: idField.nullable(),
  spoilers: z.record(z.string(), idField),
  ownerId: idField,
  version: versionField,
  createdAt: timestamp,
  updatedAt: timestamp,
}

export interface EntityWording {
  /** As written in the middle of a sentence. */
  readonly one: string
  readonly many: string
  /** What it is, for somebody who doesn't have one yet. */
  readonly about: string
}

type Fields = Readonly<Record<string, Field>>
type Shape = Readonly<Record<string, z.ZodType>>
type None = Record<never, never>

/** The zod shape of some fields. */
type ShapeOf<Given extends Fields> = { [Name in keyof Given]: Given[Name]['schema'] }
type PartialShape<Given extends Fields> = { [Name in keyof Given]: z.ZodOptional<Given[Name]['schema']> }
type ParentShape<Given extends Parent | undefined> = Given extends Parent
  ? { [Name in Given['field']]: Given['required'] extends true ? typeof idField : z.ZodNullable<typeof idField> }
  : None
/** An optional parent may be omitted. */
type ParentInput<Given extends Parent | undefined> = Given extends Parent
  ? {
      [Name in Given['field']]: Given['required'] extends true
        ? typeof idField
        : z.ZodOptional<z.ZodNullable<typeof idField>>
    }
  : None
type PlaceShape<Ordered> = Ordered extends true ? { afterId: z.ZodOptional<z.ZodNullable<typeof idField>> } : None
type IdShape<Names extends string> = { [Name in Names]: z.ZodOptional<typeof idField> }
/** The kind's own fields that lists can be filtered by: choices and references. */
type FilterFields<Given extends Fields> = {
  [Name in keyof Given as Given[Name]['control'] extends { as: 'choice' | 'reference' } ? Name : never]: z.ZodOptional<
    Given[Name]['schema']
  >
}

export const entitySorts = ['updatedAt', 'createdAt', 'name'] as const
export type EntitySort = (typeof entitySorts)[number]
type Sort<Ordered> = Ordered extends true ? EntitySort | 'position' : EntitySort

interface Declaration<
  Kind extends EntityKind,
  Plural extends string,
  Own extends Fields,
  Server extends Shape,
  Up extends Parent | undefined,
  Ordered extends boolean | undefined,
  Linked extends string,
> {
  readonly kind: Kind
  /** Names its table, its pages and its REST resource. */
  readonly plural: Plural
  readonly wording: EntityWording
  readonly fields: Own
  /** Columns that only the server writes. */
  readonly serverFields?: Server
  readonly parent?: Up
  /** Whether people put the entries of one parent in an order. */
  readonly ordered?: Ordered
  /** What it is linked with by tables of their own, which lists can be filtered by. */
  readonly linkedBy?: LinkedBy<Linked>
}

/**
 * Defines a kind. The inputs and outputs of its procedures, its REST resource, its OpenAPI schemas, its pages and its
 * forms all derive from this definition.
 */
export function defineEntity<
  const Kind extends EntityKind,
  const Plural extends string,
  const Own extends Fields,
  const Server extends Shape = None,
  const Up extends Parent | undefined = undefined,
  const Ordered extends boolean | undefined = false,
  const Linked extends string = never,
>(declaration: Declaration<Kind, Plural, Own, Server, Up, Ordered, Linked>) {
  const { kind, plural, fields, parent, ordered, serverFields, linkedBy } = declaration
  const entries = Object.entries<Field>(fields)
  const own = Object.fromEntries(entries.map(([name, field]) => [name, field.schema])) as ShapeOf<Own> // field by field
  const ownOptional = Object.fromEntries(
    entries.map(([name, field]) => [name, field.schema.optional()]),
  ) as unknown as PartialShape<Own> // as above
  const parentAnswer = (
    parent ? { [parent.field]: parent.required ? idField : idField.nullable() } : {}
  ) as ParentShape<Up>
  const parentInput = (
    parent ? { [parent.field]: parent.required ? idField : idField.nullish() } : {}
  ) as ParentInput<Up>
  // A required parent is changed by moving, which has its own procedure.
  const parentUpdate = (parent && !parent.required ? parentInput : {}) as Up extends { required: false }
    ? ParentInput<Up>
    : None
  const place = (ordered ? { afterId: idField.nullish() } : {}) as PlaceShape<Ordered>
  const position = (ordered ? { position: z.string() } : {}) as Ordered extends true ? { position: z.ZodString } : None
  const filters = Object.fromEntries(
    entries
      .filter(([, { control }]) => control.as === 'choice' || control.as === 'reference')
      .map(([name, field]) => [name, field.schema.optional()]),
  ) as FilterFields<Own>
  const links = Object.fromEntries(
    Object.keys(linkedBy ?? {}).map((name) => [name, idField.optional()]),
  ) as IdShape<Linked>
  const parentFilter = (
    parent ? { [parent.field]: (parent.required ? idField : idField.nullable()).optional() } : {}
  ) as Up extends Parent
    ? { [Name in Up['field']]: z.ZodOptional<ParentShape<Up>[Name & keyof ParentShape<Up>]> }
    : None
  const spoilers = spoilersField(['displayName', 'description', 'body', ...Object.keys(fields)])
  const sorts: readonly string[] = [...entitySorts, ...(ordered ? ['position'] : [])]
  const sortField = z.enum(sorts, { error: `Must be one of ${sorts.join(', ')}` }).optional() as z.ZodOptional<
    z.ZodEnum<{ [Name in Sort<Ordered>]: Name }>
  > // the names above

  const summaryShape = {
    ...sharedSummary,
    kind: z.literal(kind),
    ...own,
    ...((serverFields ?? {}) as Server),
    ...parentAnswer,
    ...position,
  }
  return {
    ...declaration,
    ...tableInputs(tableFields(declaration)),
    /** A row of a table. */
    row: z.object({ ...summaryShape, ...tableRowExtras }).meta({ id: `${capitalized(kind)}Row` }),
    /** An entry in a list: everything but the body. */
    summary: z.object(summaryShape).meta({ id: `${capitalized(kind)}Summary` }),
    /** A whole entry. */
    answer: z.object({ ...summaryShape, body: z.string() }).meta({ id: capitalized(kind) }),
    createInput: z.strictObject({
      worldId: idField,
      ...parentInput,
      ...z.object(sharedFields).partial().shape,
      name: nameField,
      spoilers: spoilers.optional(),
      ...ownOptional,
      ...place,
    }),
    updateInput: z.strictObject({
      id: idField,
      version: versionField,
      merge: mergeField,
      ...z.object(sharedFields).partial().shape,
      spoilers: spoilers.optional(),
      ...ownOptional,
      ...parentUpdate,
    }),
    listInput: z.strictObject({
      worldId: idField,
      ...pageInput,
      sort: sortField,
      order: z.enum(['asc', 'desc'], { error: 'Must be asc or desc' }).optional(),
      /** Only those with these words in their name; of the last word its beginning is enough. */
      search: searchField.optional(),
      ownerId: idField.optional(),
      /** Only those with this tag. */
      tagId: idField.optional(),
      /** The entries as they were at this time; for members of the world. */
      asOf: timeField.optional(),
      ...parentFilter,
      ...filters,
      ...links,
    }),
    plural,
  }
}

/** The definition of any kind, for code that treats all kinds alike. */
export interface EntityDefinition {
  readonly kind: EntityKind
  readonly plural: string
  readonly wording: EntityWording
  readonly fields: Fields
  readonly serverFields?: Shape
  readonly parent?: Parent | undefined
  readonly ordered?: boolean | undefined
  readonly linkedBy?: LinkedBy
  readonly summary: z.ZodObject
  readonly answer: z.ZodObject
  readonly createInput: z.ZodObject
  readonly updateInput: z.ZodObject
  readonly listInput: z.ZodObject
  readonly row: z.ZodObject
  readonly tableInput: ReturnType<typeof tableInputs>['tableInput']
  readonly tallyInput: ReturnType<typeof tableInputs>['tallyInput']
}

function spoilersField(names: readonly string[]) {
  const known = [wholeEntry, ...names]
  return z
    .record(z.string(), idField)
    .refine(
      (given) => Object.keys(given).every((name) => known.includes(name)),
      `Must be by the name of a field, or “${wholeEntry}”`,
    )
}

export const entityByIdInput = z.strictObject({ id: idField })

export const entityReadInput = z.strictObject({
  id: idField,
  /** The entry as it was at this time; for members of its world. */
  asOf: timeField.optional(),
  /** The entry as it is in the world at the moment of this scene, without what is only known later. */
  atScene: idField.optional(),
})
export const entityByNameInput = z.strictObject({ worldId: idField, name: nameField })
export const entityDeleteInput = z.strictObject({ id: idField, version: versionField })
export const entityRestoreInput = z.strictObject({ id: idField })

import { z } from 'zod'
import { fieldDiff } from './change.ts'
import {
  type ChangeSet,
  type ChangeSetDetails,
  type ChangeSetProposed,
  changeSetStatuses,
  type ProposedChange,
  type ProposedEnd,
} from './changeSet.ts'
import { type EntityDefinition, entities } from './entity/index.ts'
import { type EntityKind, entityKinds } from './entity/kinds.ts'
import { idField, versionField } from './ids.ts'
import { linkCreateInput } from './link.ts'
import { pageInput } from './pagination.ts'
import { nameField } from './text.ts'
import { timestamp } from './time.ts'

/** How many changes one set can have. */
export const maxProposedChanges = 50
/** How many sets of one person can wait for a decision in a world. */
export const maxPendingChangeSets = 100

/** The kinds that can be proposed. An image needs a file. */
export const proposableKinds = entityKinds.filter((kind): kind is Exclude<EntityKind, 'image'> => kind !== 'image')

/** The fields of a kind besides those that all have, described for a model. */
export function describeFields({ fields, parent }: EntityDefinition): string[] {
  return [
    ...(parent ? [`${parent.field} (id of a ${parent.kind}${parent.required ? ', required' : ''})`] : []),
    ...Object.entries(fields).map(([name, { control }]) => {
      if (control.as === 'choice') return `${name} (${Object.keys(control.options).join(' | ')})`
      if (control.as === 'reference') return `${name} (id of a ${control.kind})`
      if (control.as === 'worldDate') return `${name} (a date in the calendar of the world)`
      return control.as === 'date' ? `${name} (YYYY-MM-DD)` : name
    }),
  ]
}

const localName = z
  .string('Must be text')
  .regex(/^\$[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'Must be $ and a name in letters and digits, such as $harbour')
const idOrLocalName = z.union([idField, localName], 'Must be an id, or the name of an entry that this creates')

const someFields = z
  .record(z.string(), z.unknown())
  .describe(
    [
      'By the names of the fields. All kinds have name, displayName, description and body; besides:',
      ...proposableKinds.map((kind) => `${kind}: ${describeFields(entities[kind]).join(', ') || 'none'}.`),
    ].join(' '),
  )

const proposedChangeInput = z.discriminatedUnion(
  'action',
  [
    z.strictObject({
      action: z.literal('create'),
      kind: z.enum(proposableKinds, { error: `Must be one of ${proposableKinds.join(', ')}` }),
      as: localName.optional().describe('Names it, so that later changes can refer to it where they take an id'),
      fields: someFields,
    }),
    z.strictObject({
      action: z.literal('update'),
      id: idField,
      version: versionField.describe('The version that you have read'),
      fields: someFields,
    }),
    z.strictObject({ action: z.literal('delete'), id: idField, version: versionField }),
    z.strictObject({
      ...linkCreateInput.omit({ worldId: true }).shape,
      action: z.literal('link'),
      fromId: idOrLocalName,
      toId: idOrLocalName,
    }),
  ],
  'Must have an action: create, update, delete or link',
)
export type ProposedChangeInput = z.output<typeof proposedChangeInput>

export const changeSetCreateInput = z.strictObject({
  worldId: idField,
  /** What it is for, in a few words. */
  title: nameField.describe('What it is for, in a few words'),
  /** In the order in which they are to be made. */
  changes: z
    .array(proposedChangeInput)
    .min(1, 'At least one')
    .max(maxProposedChanges, `At most ${maxProposedChanges}`)
    .describe('In the order in which they are to be made'),
})
export const changeSetListInput = z.strictObject({
  ...pageInput,
  worldId: idField,
  status: z.enum(changeSetStatuses, { error: `Must be one of ${changeSetStatuses.join(', ')}` }).optional(),
})
export const changeSetCountInput = z.strictObject({ worldId: idField })
export const changeSetByIdInput = z.strictObject({ id: idField })
export const changeSetConfirmInput = z.strictObject({
  id: idField,
  /** As the change set was read with: what has changed since has to be looked at first. */
  etag: z.string('Must be text').min(1, 'Must not be empty').max(200, 'At most 200 characters'),
})
export const changeSetDismissInput = z.strictObject({ id: idField })

export const changeSetAnswer = z
  .object({
    id: idField,
    worldId: idField,
    title: z.string(),
    status: z.enum(changeSetStatuses),
    count: z.int(),
    proposedById: idField,
    proposedBy: z.string(),
    apiKeyName: z.string().nullable(),
    viaChat: z.boolean(),
    createdAt: timestamp,
    decidedAt: timestamp.nullable(),
    decidedById: idField.nullable(),
    decidedBy: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'ChangeSet' }) satisfies z.ZodType<ChangeSet>

export const changeSetProposed = z
  .object({ ...changeSetAnswer.shape, url: z.url() })
  .meta({ id: 'ChangeSetProposed' }) satisfies z.ZodType<ChangeSetProposed>

const proposedEnd = z.object({
  id: idField.nullable(),
  kind: z.enum(entityKinds),
  displayName: z.string(),
}) satisfies z.ZodType<ProposedEnd>

const proposedChange = z
  .object({
    action: z.enum(['create', 'update', 'delete', 'link']),
    kind: z.enum(entityKinds).nullable(),
    id: idField.nullable(),
    displayName: z.string(),
    as: z.string().nullable(),
    isOutdated: z.boolean(),
    isGone: z.boolean(),
    fields: z.array(fieldDiff),
    along: z.int(),
    link: z
      .object({
        from: proposedEnd,
        to: proposedEnd,
        note: z.string(),
        beganOn: z.string().nullable(),
        endedOn: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ProposedChange' }) satisfies z.ZodType<ProposedChange>

export const changeSetDetails = z
  .object({ changeSet: changeSetAnswer, etag: z.string(), changes: z.array(proposedChange) })
  .meta({ id: 'ChangeSetDetails' }) satisfies z.ZodType<ChangeSetDetails>

export const changeSetCount = z.object({ pending: z.int() }).meta({ id: 'ChangeSetCount' })

import { z } from 'zod'
import { entityKinds } from './entity/kinds.ts'
import {
  type ChangeSubjectKind,
  changeActions,
  type EntityDiff,
  type EntityVersion,
  type FieldDiff,
  type HistoryItem,
  worldRecordKinds,
} from './history.ts'
import { idField, versionField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { timeField, timestamp } from './time.ts'

/** The kinds of things that are changed. */
export const changeSubjects = [
  ...entityKinds,
  ...worldRecordKinds,
  'world',
  'member',
] as const satisfies readonly ChangeSubjectKind[]

export const historyListInput = z.strictObject({
  ...pageInput,
  worldId: idField,
  /** Only changes of this entry, member or world. */
  subjectId: idField.optional(),
  kind: z.enum(changeSubjects, { error: `Must be one of ${changeSubjects.join(', ')}` }).optional(),
  /** Only changes by this user. */
  userId: idField.optional(),
  /** At or after this time. */
  from: timeField.optional(),
  /** Before this time. */
  to: timeField.optional(),
})

export const historyVersionInput = z.strictObject({
  id: idField,
  /** The version. Named so because a field `version` says which version a change is based on. */
  at: versionField,
})

export const historyDiffInput = z.strictObject({
  id: idField,
  from: versionField,
  /** If omitted, the current version. */
  to: versionField.optional(),
})

export const historyRestoreInput = z.strictObject({
  id: idField,
  /** The version to go back to. */
  to: versionField,
  version: versionField,
})

export const historyUndoInput = z.strictObject({
  worldId: idField,
  /** The `X-Request-Id` of the response to the request that is to be undone. */
  requestId: z.string().min(1, 'Must not be empty').max(200, 'Must be at most 200 characters'),
})

export const historyUndone = z.object({ undone: z.int() }).meta({ id: 'Undone' })

export const historyItem = z
  .object({
    position: z.int(),
    action: z.enum(changeActions),
    kind: z.enum(changeSubjects),
    subjectId: idField,
    subjectName: z.string(),
    version: versionField.nullable(),
    fields: z.array(z.string()),
    userId: idField.nullable(),
    userName: z.string().nullable(),
    viaChat: z.boolean(),
    requestId: z.string().nullable(),
    changedAt: timestamp,
  })
  .meta({ id: 'HistoryItem' }) satisfies z.ZodType<HistoryItem>

export const entityVersion = z
  .object({
    id: idField,
    kind: z.enum(entityKinds),
    version: versionField,
    isCurrent: z.boolean(),
    fields: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'EntityVersion' }) satisfies z.ZodType<EntityVersion>

export const fieldDiff = z.union([
  z.object({
    field: z.string(),
    parts: z.array(z.object({ change: z.enum(['same', 'added', 'removed']), text: z.string() })),
  }),
  z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }),
]) satisfies z.ZodType<FieldDiff>

export const entityDiff = z
  .object({
    id: idField,
    kind: z.enum(entityKinds),
    from: versionField,
    to: versionField,
    fields: z.array(fieldDiff),
  })
  .meta({ id: 'EntityDiff' }) satisfies z.ZodType<EntityDiff>

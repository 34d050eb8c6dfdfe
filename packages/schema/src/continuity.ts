import { z } from 'zod'
import { continuityRules, type Finding } from './connected.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField, versionField } from './ids.ts'
import { descriptionField } from './text.ts'
import { timestamp } from './time.ts'

export const continuityCheckInput = z.strictObject({
  worldId: idField,
  /** Whether those that were dismissed are listed as well. */
  dismissed: z.boolean('Must be true or false').default(false),
})

export const findingEntry = z.object({
  id: idField,
  kind: z.enum(entityKinds),
  displayName: z.string(),
  /** The date of it that matters, with its field and in the words of the calendar. */
  field: z.string().nullable(),
  date: z.string().nullable(),
  text: z.string().nullable(),
})

export const finding = z
  .object({
    /** The same as long as the same entries contradict each other in the same way. */
    key: z.string(),
    rule: z.enum(continuityRules),
    /** `possible`: the dates are not exact enough to be sure. */
    certainty: z.enum(['certain', 'possible']),
    message: z.string(),
    entries: z.array(findingEntry),
    dismissal: z
      .object({
        id: idField,
        version: versionField,
        reason: z.string(),
        userId: idField.nullable(),
        userName: z.string().nullable(),
        createdAt: timestamp,
      })
      .nullable(),
  })
  .meta({ id: 'Finding' }) satisfies z.ZodType<Finding>

export const continuityReport = z
  .object({
    findings: z.array(finding),
    /** How many there are; of very many only the first are listed. */
    total: z.int(),
    dismissed: z.int(),
  })
  .meta({ id: 'ContinuityReport' })

export const findingDismissInput = z.strictObject({
  worldId: idField,
  key: z.string().min(1, 'Must not be empty').max(500, 'At most 500 characters'),
  reason: descriptionField.refine((reason) => reason !== '', 'Say why it is no contradiction'),
})
export const findingReopenInput = z.strictObject({ id: idField, version: versionField })
export const dismissalAnswer = z
  .object({ id: idField, worldId: idField, finding: z.string(), reason: z.string(), version: versionField })
  .meta({ id: 'Dismissal' })

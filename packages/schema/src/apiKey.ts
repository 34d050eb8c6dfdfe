import { z } from 'zod'
import { idField } from './ids.ts'
import { permissionField, roleNameField } from './permissions.ts'
import { descriptionField, nameField } from './text.ts'

export const maxApiKeys = 100
export const maxOverlapHours = 24 * 30

const expiryField = z.iso
  .datetime({ offset: true, error: 'Must be a time such as 2027-01-31T00:00:00Z' })
  .refine((text) => Date.parse(text) > Date.now(), 'Must be in the future')
  .refine((text) => Date.parse(text) < Date.UTC(9999, 0), 'Must be before the year 9999')

export const apiKeyCreateInput = z.strictObject({
  name: nameField,
  description: descriptionField.default(''),
  roles: z.array(roleNameField).max(50, 'At most 50').default([]),
  permissions: z.array(permissionField).max(500, 'At most 500').default([]),
  /** The worlds it is limited to. If omitted, all that its owner can reach. */
  worldIds: z.array(idField).min(1, 'At least one, or none at all').max(100, 'At most 100').optional(),
  /** When it expires. If omitted, never. */
  expiresAt: expiryField.nullish(),
})

export const apiKeyUpdateInput = z.strictObject({
  id: idField,
  name: nameField.optional(),
  description: descriptionField.optional(),
})

export const apiKeyIdInput = z.strictObject({ id: idField })

export const apiKeyRotateInput = z.strictObject({
  id: idField,
  /** How long the old key keeps working. */
  overlapHours: z
    .number('Must be a number')
    .min(0, 'Must be 0 or more')
    .max(maxOverlapHours, `Must be at most ${maxOverlapHours}`)
    .default(24),
})

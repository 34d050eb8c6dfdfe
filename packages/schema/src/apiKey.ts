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

const most = (count: number) =>
  z.int('Must be a whole number').min(1, 'Must be 1 or more').max(count, 'Is too much').nullable()

/** Where a key may be used from, and how much it may use in a month (UTC). Null, or missing: anywhere, and as much as its owner. */
const limits = {
  allowedAddresses: z
    .array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
        error: 'Must be an IP address or a range such as 203.0.113.0/24',
      }),
    )
    .min(1, 'At least one, or none at all')
    .max(50, 'At most 50')
    .nullable(),
  monthlyRequests: most(1e12),
  /** Of the chat. */
  monthlyTokens: most(1e12),
  /** Of the chat, in US dollars. */
  monthlyCost: z.number('Must be a number').min(0.01, 'Must be 0.01 or more').max(1e6, 'Is too much').nullable(),
}
const optionalLimits = {
  allowedAddresses: limits.allowedAddresses.optional(),
  monthlyRequests: limits.monthlyRequests.optional(),
  monthlyTokens: limits.monthlyTokens.optional(),
  monthlyCost: limits.monthlyCost.optional(),
}

export const apiKeyCreateInput = z.strictObject({
  name: nameField,
  description: descriptionField.default(''),
  roles: z.array(roleNameField).max(50, 'At most 50').default([]),
  permissions: z.array(permissionField).max(500, 'At most 500').default([]),
  /** The worlds it is limited to. If omitted, all that its owner can reach. */
  worldIds: z.array(idField).min(1, 'At least one, or none at all').max(100, 'At most 100').optional(),
  /** When it expires. If omitted, never. */
  expiresAt: expiryField.nullish(),
  ...optionalLimits,
})

export const apiKeyUpdateInput = z.strictObject({
  id: idField,
  name: nameField.optional(),
  description: descriptionField.optional(),
  ...optionalLimits,
})

/** Takes permissions away from a key; a role that has one of them is replaced by its others. */
export const apiKeyDropInput = z.strictObject({
  id: idField,
  permissions: z.array(permissionField).min(1, 'At least one').max(500, 'At most 500'),
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

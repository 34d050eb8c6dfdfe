import { z } from 'zod'
import { idField } from './ids.ts'
import type { RoleTrial } from './may.ts'
import { permissionField, roleNameField } from './permissions.ts'
import { worldRoles } from './worldRole.ts'

const procedureField = z.string('Must be text').max(100, 'At most 100 characters')

export const meMayInput = z.strictObject({
  /** As in docs/access.md, e.g. `persona.create`. */
  procedure: procedureField,
  /** The world that it would be called for. */
  worldId: idField.optional(),
})
export const userMayInput = z.strictObject({ id: idField, ...meMayInput.shape })

export const mayAnswer = z
  .object({
    may: z.boolean(),
    message: z.string().nullable(),
    reason: z.looseObject({ kind: z.string() }).nullable(),
    needs: z.object({
      credentials: z.array(z.string()),
      permission: z.string().nullable(),
      worldRole: z.enum(worldRoles).nullable(),
      fresh: z.boolean(),
    }),
  })
  .meta({ id: 'MayCall' })

export const roleTryInput = z.strictObject({
  name: roleNameField,
  /** What it would permit. */
  permissions: z.array(permissionField).max(500, 'At most 500'),
})
export const roleTrial = z
  .object({
    days: z.int(),
    calls: z.int(),
    people: z.int(),
    items: z.array(z.object({ permission: z.string(), calls: z.int(), people: z.int() })),
  })
  .meta({ id: 'RoleTrial' }) satisfies z.ZodType<RoleTrial>

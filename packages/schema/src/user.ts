import { z } from 'zod'
import { emailField, newPasswordField, profileUpdateInput } from './account.ts'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { roleNameField } from './permissions.ts'
import { searchField } from './text.ts'

export const userByIdInput = z.strictObject({ id: idField })

export const userCreateInput = z.strictObject({
  email: emailField,
  firstName: profileUpdateInput.shape.firstName,
  lastName: profileUpdateInput.shape.lastName,
  displayName: profileUpdateInput.shape.displayName,
  /** Their permissions. */
  role: roleNameField.default('user'),
  /** The password to sign in with. If omitted, they set one by a mailed link, or sign in with another account. */
  password: newPasswordField.optional(),
})
export const userUpdateInput = z.strictObject({ id: idField, ...profileUpdateInput.shape })
export const userDeleteInput = z.strictObject({ id: idField })

export const userSorts = ['createdAt', 'displayName', 'email'] as const
export type UserSort = (typeof userSorts)[number]

export const userListInput = z
  .strictObject({
    ...pageInput,
    sort: z.enum(userSorts, { error: `Must be one of ${userSorts.join(', ')}` }).default('createdAt'),
    order: z.enum(['asc', 'desc'], { error: 'Must be asc or desc' }).default('desc'),
    /** Only those whose name or address contains this, ignoring case. */
    search: searchField.optional(),
    role: roleNameField.optional(),
    isActive: z.boolean('Must be true or false').optional(),
  })
  .prefault({})

import { z } from 'zod'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { roleNameField } from './permissions.ts'
import { searchField } from './text.ts'

export const userByIdInput = z.strictObject({ id: idField })

export const userSorts = ['createdAt', 'displayName', 'email'] as const
export type UserSort = (typeof userSorts)[number]

export const userListInput = z
  .strictObject({
    ...pageInput,
    sort: z.enum(userSorts, { error: `Must be one of ${userSorts.join(', ')}` }).default('createdAt'),
    order: z.enum(['asc', 'desc'], { error: 'Must be asc or desc' }).default('desc'),
    /** Only those whose name or address contains it, without regard to case. */
    search: searchField.optional(),
    role: roleNameField.optional(),
    isActive: z.boolean('Must be true or false').optional(),
  })
  .prefault({})

import { z } from 'zod'
import { versionField } from './ids.ts'
import { displayNameField, personNameField } from './text.ts'

/** A person's own profile. */
export const profileUpdateInput = z.strictObject({
  version: versionField,
  firstName: personNameField,
  lastName: personNameField,
  /** @default first and last name */
  displayName: displayNameField.max(100, 'At most 100 characters').optional(),
})

export const accountLinkInput = z.strictObject({
  provider: z.string().max(50),
  /** The page to come back to. */
  redirect: z.string().max(2000).optional(),
})
export const accountUnlinkInput = z.strictObject({ provider: z.string().max(50), subject: z.string().max(500) })

export const minPasswordLength = 12
export const maxPasswordLength = 256

/**
 * Any characters are allowed. Common passwords are refused on the server, which has the list (NIST SP 800-63B
 * §3.1.1.2).
 */
export const newPasswordField = z
  .string({ error: 'Must be text' })
  .refine((text) => [...text].length >= minPasswordLength, `At least ${minPasswordLength} characters`)
  .refine((text) => [...text].length <= maxPasswordLength, `At most ${maxPasswordLength} characters`)
  .refine((text) => text.isWellFormed(), 'Contains half a character')

/** A password to compare with the stored one: only its length is limited. */
export const passwordField = z.string({ error: 'Must be text' }).min(1, 'Is required').max(2000, 'Is too long')

export const emailField = z.email('Must be an e-mail address').max(320, 'At most 320 characters')

const tokenField = z.string().max(200)

export const passwordSignInInput = z.strictObject({ email: z.string().max(2000), password: passwordField })
export const passwordSignUpInput = z.strictObject({
  email: emailField,
  password: newPasswordField,
  firstName: personNameField,
  lastName: personNameField,
})
export const passwordForgotInput = z.strictObject({ email: emailField })
export const passwordResetInput = z.strictObject({ token: tokenField, password: newPasswordField })
export const passwordChangeInput = z.strictObject({
  /** Omitted by somebody who has none yet. */
  currentPassword: passwordField.optional(),
  newPassword: newPasswordField,
})
export const emailVerifyInput = z.strictObject({ token: tokenField })

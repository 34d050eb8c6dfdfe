import { z } from 'zod'
import { idField } from './ids.ts'
import type { Passkey, SecondFactors } from './secondFactor.ts'
import { nameField } from './text.ts'
import { timestamp } from './time.ts'

const passkeyAnswer = z.object({
  id: idField,
  name: z.string(),
  isBackedUp: z.boolean(),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
}) satisfies z.ZodType<Passkey>

export const secondFactorsAnswer = z.object({
  passkeys: z.array(passkeyAnswer),
  totpSince: timestamp.nullable(),
  recoveryCodes: z.int(),
  isRequired: z.boolean(),
  hasPasskeys: z.boolean(),
}) satisfies z.ZodType<SecondFactors>

const base64url = z
  .string('Must be text')
  .max(20_000, 'Is too long')
  .regex(/^[A-Za-z0-9_-]*$/, 'Must be base64url')

/** What a browser answers with `navigator.credentials.create`, as JSON (WebAuthn Level 3 §5.1). */
export const passkeyCreated = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(50)).max(20).optional(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

/** What a browser answers with `navigator.credentials.get`. */
export const passkeyShown = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

/** A code of an authenticator app, or a recovery code. Spaces are ignored. */
const codeField = z.string('Must be text').max(100, 'Is too long')

export const passkeyAddInput = z.strictObject({ name: nameField.optional(), created: passkeyCreated })
export const passkeyRenameInput = z.strictObject({ id: idField, name: nameField })
export const passkeyRemoveInput = z.strictObject({ id: idField })
export const totpConfirmInput = z.strictObject({ code: codeField })
export const secondFactorCodeInput = z.strictObject({ code: codeField })
export const passkeyShownInput = z.strictObject({ shown: passkeyShown })
export const confirmPasswordInput = z.strictObject({
  password: z.string('Must be text').min(1, 'Is required').max(2000),
})

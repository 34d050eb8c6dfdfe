import { z } from 'zod'
import { type AppGrant, grantDays, type RegisteredClient } from './app.ts'
import { idField } from './ids.ts'
import { isManaging, permissionField } from './permissions.ts'
import { nameField, text } from './text.ts'
import { timestamp } from './time.ts'

/** Whether apps may ask for a permission: not for one that lets them gain others, or run the installation. */
export function isForApps(permission: string): boolean {
  return !isManaging(permission) && !permission.startsWith('job:')
}

const days = z.union(
  grantDays.map((count) => (count === null ? z.null() : z.literal(count))),
  { error: 'Must be 1, 7, 30, 90, 365 or null' },
)

/** What a person says to an app that asks. */
export const consentInput = z.discriminatedUnion('allow', [
  z.strictObject({ allow: z.literal(false) }),
  z.strictObject({
    allow: z.literal(true),
    /** Those that it is given, of those that it asks for. */
    permissions: z.array(permissionField).max(500, 'At most 500'),
    /** The worlds that it reaches. If omitted, all that the person can reach. */
    worldIds: z.array(idField).min(1, 'At least one, or none at all').max(100, 'At most 100').optional(),
    days,
  }),
])

const userCodeField = text(40).overwrite((value) => value.trim())

/** The code that a device shows. */
export const deviceCodeInput = z.strictObject({ userCode: userCodeField })
export const deviceConsentInput = z.strictObject({ userCode: userCodeField, answer: consentInput })

export const grantIdInput = z.strictObject({ id: idField })

export const grantAnswer = z
  .object({
    id: idField,
    client: z.object({ id: z.string(), name: z.string() }),
    permissions: z.array(z.string()),
    worlds: z.array(z.object({ id: idField, displayName: z.string() })).nullable(),
    expiresAt: timestamp.nullable(),
    lastUsedAt: timestamp.nullable(),
    useCount: z.number(),
    createdAt: timestamp,
  })
  .meta({ id: 'AppGrant' }) satisfies z.ZodType<AppGrant>

/**
 * Where an app may be sent back to: https, http on the person's own machine, or a scheme of the app's own.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7
 */
export function isRedirectUri(uri: string): boolean {
  const url = URL.parse(uri)
  if (url?.hash !== '' || uri.endsWith('#') || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  if (url.protocol === 'http:') return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  // A scheme of one's own has a dot, as in com.example.app:/callback.
  return /^[a-z][a-z0-9+-]*\.[a-z0-9.+-]+:$/.test(url.protocol)
}

const redirectUriField = text(2000)
  .overwrite((value) => value.trim())
  .refine(isRedirectUri, 'Must be an https address, http on localhost, or a scheme such as com.example.app:/callback')

export const clientCreateInput = z.strictObject({
  name: nameField,
  redirectUris: z.array(redirectUriField).min(1, 'At least one').max(20, 'At most 20'),
  /** Whether it gets a secret, which only a program on a server can keep. */
  isConfidential: z.boolean().default(false),
})

/** Ids of clients are no UUIDs: others choose some of them. */
export const clientIdInput = z.strictObject({ id: text(2000).min(1, 'Is missing') })

export const clientAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    redirectUris: z.array(z.string()),
    isConfidential: z.boolean(),
    isSelfRegistered: z.boolean(),
    registeredBy: z.object({ id: idField, displayName: z.string() }).nullable(),
    createdAt: timestamp,
    grants: z.number(),
  })
  .meta({ id: 'RegisteredClient' }) satisfies z.ZodType<RegisteredClient>
/** An app just registered: the only time that its secret is shown, if it has one. */
export const clientMade = z
  .object({ ...clientAnswer.shape, secret: z.string().nullable() })
  .meta({ id: 'RegisteredClientMade' })
export const clientDeleted = z.object({ id: z.string() })

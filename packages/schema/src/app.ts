// Plain types, which the schemas in appSchema.ts are checked against: the client package ships them without any schema.

/**
 * What apps may ask for besides permissions: to know who somebody is (OpenID Connect Core 1.0 §5.4), and to go on while nobody is
 * there (§11).
 */
export const identityScopes = ['openid', 'profile', 'email', 'offline_access'] as const

/** What an access token of an app is for: all of the API, or the Model Context Protocol at `/mcp` alone (RFC 8707). */
export const appResources = ['api', 'mcp'] as const
export type AppResource = (typeof appResources)[number]

/**
 * What an app asks for if it does not say. A scope is the name of a permission, as keys have them; worlds and an end are for the person to
 * choose.
 */
export const usualScopes: Readonly<Record<AppResource, readonly string[]>> = {
  api: ['profile:read', 'world:read', 'entity:read'],
  mcp: ['profile:read', 'world:read', 'entity:read', 'entity:propose'],
}

/** For how many days a person can give an app access; null: until they take it away. */
export const grantDays = [1, 7, 30, 90, 365, null] as const

/** How an app is known: with Worldloom, registered by an administrator or by itself, or by a document at its own address. */
export type ClientOrigin = 'builtIn' | 'administrator' | 'itself' | 'document'

/** An app that asks for access. */
export interface AskingClient {
  readonly id: string
  readonly name: string
  readonly origin: ClientOrigin
  /** Its website, privacy policy and terms, as it says. */
  readonly uri: string | null
  readonly policyUri: string | null
  readonly termsUri: string | null
}

/** What an app asks a person for. */
export interface ConsentRequest {
  readonly client: AskingClient
  /** Where the answer is sent: a host, or the scheme of a program's own addresses. Null for a device. */
  readonly returnsTo: string | null
  /** The device that shows the code. */
  readonly device: { readonly ipAddress: string | null; readonly name: string | null } | null
  readonly resource: AppResource
  /** What it asks for, and whether the person has it: what they may not do, the app may not either. */
  readonly permissions: readonly { readonly name: string; readonly isTheirs: boolean }[]
  /** Whether it asks who somebody is, and what it would learn. */
  readonly identity: readonly ('openid' | 'profile' | 'email')[]
}

/** What a person has let an app do. */
export interface AppGrant {
  readonly id: string
  readonly client: { readonly id: string; readonly name: string }
  readonly permissions: string[]
  /** The worlds it reaches; null for all of its owner's worlds. */
  readonly worlds: { readonly id: string; readonly displayName: string }[] | null
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly useCount: number
  readonly createdAt: Date
}

/** An app that is registered. */
export interface RegisteredClient {
  readonly id: string
  readonly name: string
  readonly redirectUris: string[]
  /** Whether it has a secret, which only a program on a server can keep. */
  readonly isConfidential: boolean
  /** Whether it has registered itself (RFC 7591). */
  readonly isSelfRegistered: boolean
  readonly registeredBy: { readonly id: string; readonly displayName: string } | null
  readonly createdAt: Date
  /** How many grants people have given it. */
  readonly grants: number
}

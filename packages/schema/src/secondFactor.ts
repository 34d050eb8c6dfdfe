// Plain types, which the schemas in secondFactorSchema.ts are checked against: the client package ships them without any schema.

/** A passkey: a key in a device or an account, unlocked by a fingerprint, a face or a PIN. */
export interface Passkey {
  readonly id: string
  readonly name: string
  /** Whether it is kept in an account, and so on several devices. */
  readonly isBackedUp: boolean
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

/** What somebody shows besides their first way of signing in. */
export interface SecondFactors {
  readonly passkeys: Passkey[]
  /** Since when codes of an authenticator app are asked for; null if they are not. */
  readonly totpSince: Date | null
  /** How many recovery codes are left. */
  readonly recoveryCodes: number
  /** Whether a role of theirs requires one. */
  readonly isRequired: boolean
  /** Whether passkeys work at the address of this installation. */
  readonly hasPasskeys: boolean
}

/** What a browser that has given the first factor can give as the second. */
export interface SecondFactorWays {
  readonly totp: boolean
  readonly passkey: boolean
  readonly recoveryCode: boolean
}

/** What an authenticator app needs. */
export interface TotpSetup {
  /** In base 32, for who types it. */
  readonly secret: string
  /** `otpauth:`, for a QR code. */
  readonly uri: string
}

/** What a browser needs to make a passkey, as `PublicKeyCredential.parseCreationOptionsFromJSON` takes it (WebAuthn Level 3 §5.1.8). */
export interface PasskeyCreationOptions {
  readonly rp: { readonly id?: string | undefined; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly challenge: string
  readonly pubKeyCredParams: { readonly alg: number; readonly type: string }[]
  readonly timeout?: number | undefined
  readonly excludeCredentials?: { readonly id: string; readonly type: string }[] | undefined
  readonly authenticatorSelection?:
    | { readonly residentKey?: string | undefined; readonly userVerification?: string | undefined }
    | undefined
  readonly attestation?: string | undefined
}

import type { Database, DatabaseHandle } from '@worldloom/db'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { sql } from 'kysely'
import { type Actor, recordEvent } from './audit.ts'
import type { ChangeListener } from './changeListener.ts'
import { SealedText } from './sealedText.ts'

/** How long others may cache the published keys. A new one signs only after that. */
export const jwksMaxAgeSeconds = 60
const keptMilliseconds = 30_000

type CryptoKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']

interface KeyRow {
  readonly kid: string
  readonly publicJwk: JWK
  readonly privateJwe: string
  readonly activeFrom: Date
  readonly expiresAt: Date | null
}

interface PublicKey {
  readonly jwk: JWK
  readonly key: CryptoKey
}

interface KeySet {
  readonly publicKeys: ReadonlyMap<string, PublicKey>
  readonly rows: readonly KeyRow[]
  readonly readAt: number
}

/** The private keys of the database were encrypted by another APP_SECRET. */
export class UnreadableSigningKeyError extends Error {
  override readonly name = 'UnreadableSigningKeyError'

  constructor(cause: unknown) {
    super(
      'The signing keys in the database cannot be read with this APP_SECRET. Set the one they were made with; if it is lost, `worldloom rotate-keys --revoke` makes new ones (all access tokens end).',
      { cause },
    )
  }
}

/** The keys that access tokens are signed and verified with: Ed25519 (RFC 8037), shared by all processes. */
export class SigningKeys {
  readonly #db: DatabaseHandle['db']
  readonly #sealed: SealedText
  readonly #listener: ChangeListener | undefined
  #current: Promise<KeySet> | undefined
  readonly #privateKeys = new Map<string, CryptoKey>()

  /** @param listener none for a command, which ends before anything changes */
  constructor(db: DatabaseHandle['db'], appSecret: string, listener?: ChangeListener) {
    this.#db = db
    this.#listener = listener
    this.#sealed = new SealedText(appSecret, 'signing keys')
    const forget = () => {
      this.#current = undefined
    }
    listener?.subscribe({ changed: (payload) => payload === 'j' && forget(), lost: forget })
  }

  /**
   * Creates the first key if there is none, and checks that the current one can be read. @throws
   * {UnreadableSigningKeyError}
   */
  async start(): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await lockKeys(trx)
      const some = await trx.selectFrom('signingKeys').select('kid').limit(1).executeTakeFirst()
      if (!some) await this.#insert(trx, new Date())
    })
    this.#current = undefined
    await this.signingKey()
  }

  /** @throws {UnreadableSigningKeyError} */
  async signingKey(): Promise<{ kid: string; key: CryptoKey }> {
    const { rows } = await this.#keys()
    const now = new Date()
    const active = rows.findLast((row) => row.activeFrom <= now) ?? rows[0]
    if (!active) throw new Error('there is no signing key')
    let key = this.#privateKeys.get(active.kid)
    if (!key) {
      key = await this.#open(active)
      this.#privateKeys.set(active.kid, key)
    }
    return { kid: active.kid, key }
  }

  /** The current key as a JWK, with its private part: for the authorization server, which signs by itself. @throws {UnreadableSigningKeyError} */
  async privateJwk(): Promise<JWK & { kid: string }> {
    const { kid, key } = await this.signingKey()
    return { ...(await exportJWK(key)), kid, alg: 'EdDSA', use: 'sig' }
  }

  /** @returns undefined for a key that is not, or no longer, ours */
  async publicKey(kid: string): Promise<CryptoKey | undefined> {
    const known = (await this.#keys()).publicKeys.get(kid)
    if (known) return known.key
    // Another process may have just created it.
    if (Date.now() - (await this.#keys()).readAt < 1000) return undefined
    this.#current = undefined
    return (await this.#keys()).publicKeys.get(kid)?.key
  }

  /** The document of `/.well-known/jwks.json`. @see https://www.rfc-editor.org/rfc/rfc7517#section-5 */
  async jwks(): Promise<{ keys: JWK[] }> {
    return { keys: [...(await this.#keys()).publicKeys.values()].map(({ jwk }) => jwk) }
  }

  /**
   * Rotates the key. The new one is published at once and signs once everybody has it; the old one verifies until its
   * last token has expired.
   *
   * @param tokenLifetime seconds
   * @param revoke whether the old keys and everything signed with them end at once, for when one has leaked
   * @returns the new key's id, and when it starts to sign
   */
  async rotate(actor: Actor, tokenLifetime: number, revoke: boolean): Promise<{ kid: string; activeFrom: Date }> {
    const made = await this.#db.transaction().execute(async (trx) => {
      await lockKeys(trx)
      const now = Date.now()
      const activeFrom = new Date(revoke ? now : now + 2 * jwksMaxAgeSeconds * 1000)
      if (revoke) await trx.deleteFrom('signingKeys').execute()
      else {
        await trx
          .updateTable('signingKeys')
          .set({ expiresAt: new Date(activeFrom.getTime() + (tokenLifetime + 60) * 1000) })
          .where('expiresAt', 'is', null)
          .execute()
      }
      const kid = await this.#insert(trx, activeFrom)
      await recordEvent(trx, actor, {
        action: 'signingKey.rotate',
        subject: { kind: 'signingKey', id: kid },
        details: { revoked: revoke },
      })
      return { kid, activeFrom }
    })
    this.#current = undefined
    return made
  }

  async #insert(db: Database, activeFrom: Date): Promise<string> {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const jwk = await exportJWK(publicKey)
    const kid = await calculateJwkThumbprint(jwk)
    await db
      .insertInto('signingKeys')
      .values({
        kid,
        publicJwk: JSON.stringify({ ...jwk, kid, alg: 'EdDSA', use: 'sig' }),
        privateJwe: await this.#sealed.seal(JSON.stringify(await exportJWK(privateKey))),
        activeFrom,
      })
      .execute()
    return kid
  }

  async #open(row: KeyRow): Promise<CryptoKey> {
    let text: string
    try {
      text = await this.#sealed.open(row.privateJwe)
    } catch (error) {
      throw new UnreadableSigningKeyError(error)
    }
    return (await importJWK(JSON.parse(text), 'EdDSA', { extractable: true })) as CryptoKey // only symmetric keys are bytes
  }

  async #keys(): Promise<KeySet> {
    const known = await this.#current
    const isHeard = this.#listener?.isListening ?? true
    if (known && isHeard && Date.now() - known.readAt < keptMilliseconds) return known
    const reading = this.#read()
    this.#current = reading
    // Failures are not cached.
    reading.catch(() => {
      if (this.#current === reading) this.#current = undefined
    })
    return await reading
  }

  async #read(): Promise<KeySet> {
    const selected = await this.#db
      .selectFrom('signingKeys')
      .select(['kid', 'publicJwk', 'privateJwe', 'activeFrom', 'expiresAt'])
      .where(({ eb, or }) => or([eb('expiresAt', 'is', null), eb('expiresAt', '>', new Date())]))
      .orderBy('activeFrom')
      .execute()
    const rows = selected.map((row) => ({ ...row, publicJwk: row.publicJwk as unknown as JWK })) // as inserted above
    const publicKeys = new Map<string, PublicKey>()
    for (const { kid, publicJwk } of rows) {
      publicKeys.set(kid, { jwk: publicJwk, key: (await importJWK(publicJwk, 'EdDSA')) as CryptoKey }) // see #open
    }
    return { rows, publicKeys, readAt: Date.now() }
  }
}

/** Deletes keys whose last token has expired. */
export async function deleteExpiredSigningKeys(db: Database): Promise<void> {
  await db.deleteFrom('signingKeys').where('expiresAt', '<', new Date()).execute()
}

async function lockKeys(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('signing keys', 0))`.execute(db)
}

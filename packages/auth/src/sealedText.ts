import { hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** A key for one use, derived from APP_SECRET. @param purpose keeps it from being the key for another use */
export function deriveKey(appSecret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', appSecret, '', `worldloom ${purpose}`, 32))
}

/** Encrypts what only this installation may read: AES-256-GCM as JWE (RFC 7516), with a key derived from APP_SECRET. */
export class SealedText {
  readonly #key: Uint8Array

  /** @param purpose keeps what is sealed for one use from being opened for another */
  constructor(appSecret: string, purpose: string) {
    this.#key = deriveKey(appSecret, purpose)
  }

  async seal(text: string): Promise<string> {
    return await new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(this.#key)
  }

  /** @throws {JOSEError} if it was encrypted with another secret or has been altered */
  async open(sealed: string): Promise<string> {
    const { plaintext } = await compactDecrypt(sealed, this.#key)
    return new TextDecoder().decode(plaintext)
  }
}

import { hash } from 'node:crypto'
import { encodeBase64urlNoPadding } from '@oslojs/encoding'

const tokenBytes = 32
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** 256 bits of randomness, as 43 characters that fit a cookie or an address. */
export function createSecretToken(): string {
  return encodeBase64urlNoPadding(crypto.getRandomValues(new Uint8Array(tokenBytes)))
}

/** Whether it could be one of ours; anything else is refused without a look into the database. */
export function isSecretToken(text: string): boolean {
  return tokenPattern.test(text)
}

/** What is stored in place of a token: SHA-256 suffices, since a token can't be guessed. */
export function hashSecretToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

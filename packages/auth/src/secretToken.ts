import { hash } from 'node:crypto'
import { encodeBase64urlNoPadding } from '@oslojs/encoding'

const tokenBytes = 32
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** 256 random bits, as 43 characters that are safe in cookies and URLs. */
export function createSecretToken(): string {
  return encodeBase64urlNoPadding(crypto.getRandomValues(new Uint8Array(tokenBytes)))
}

/** Whether it could be one of ours. Anything else is refused without a database lookup. */
export function isSecretToken(text: string): boolean {
  return tokenPattern.test(text)
}

/** What is stored instead of a token: SHA-256 suffices, as a token can't be guessed. */
export function hashSecretToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

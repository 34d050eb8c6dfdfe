import { hash, randomFillSync } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { generateRandomString } from '@oslojs/crypto/random'

/**
 * `wl_`, 40 random characters (238 bits) and 6 of a checksum: recognisable to people and secret scanners. The checksum
 * tells a mistyped key from an unknown one without a database lookup.
 *
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export const apiKeyPattern = /^wl_[0-9A-Za-z]{46}$/

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 40
const checksumLength = 6
const shownLength = 10

export function createApiKeySecret(): string {
  const random = generateRandomString({ read: (bytes) => void randomFillSync(bytes) }, alphabet, randomLength)
  return `wl_${random}${checksum(random)}`
}

export function isApiKey(text: string): boolean {
  return apiKeyPattern.test(text) && text.endsWith(checksum(text.slice(3, 3 + randomLength)))
}

export function hashApiKey(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}

/** The part of a key that stays visible. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, shownLength)
}

function checksum(random: string): string {
  let rest = crc32(random)
  let text = ''
  for (let index = 0; index < checksumLength; index++) {
    text = alphabet[rest % alphabet.length] + text
    rest = Math.floor(rest / alphabet.length)
  }
  return text
}

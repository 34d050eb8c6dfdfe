import { readFile } from 'node:fs/promises'
import { BadInputError } from '@worldloom/schema'

let list: Promise<ReadonlySet<string>> | undefined

/**
 * The ten million passwords most common in breaches, less those too short to be chosen here; see the README.md beside
 * it.
 */
async function commonPasswords(): Promise<ReadonlySet<string>> {
  list ??= readFile(new URL('commonPasswords.txt', import.meta.url), 'utf8').then(
    (text) => new Set(text.split('\n').filter(Boolean)),
  )
  return await list
}

/**
 * Refuses passwords that are guessed first: known from breaches, repetitive, or derived from the person or the site.
 *
 * @param field the input's field, for the error
 * @throws {BadInputError}
 */
export async function refuseCommonPassword(
  password: string,
  known: readonly string[],
  field = 'password',
): Promise<void> {
  const plain = password.normalize('NFKC').toLowerCase()
  // Digits and symbols added at either end do not make it a different password.
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const common = await commonPasswords()
  if (common.has(plain) || (core.length >= 8 && common.has(core)) || isMonotonous(plain)) {
    throw new BadInputError({
      [field]: ['Is among the first that are guessed: choose another, e.g. four unrelated words'],
    })
  }
  const context = ['worldloom', ...known.flatMap((text) => [text, text.split('@')[0] ?? ''])].map((text) =>
    text.toLowerCase(),
  )
  if (context.some((text) => text.length >= 4 && (plain === text || core === text || rest(plain, text) < 4))) {
    throw new BadInputError({ [field]: ['Is too close to your name, your address or the name of this place'] })
  }
}

/** How much of a password is left without the known words. */
function rest(password: string, text: string): number {
  return password.includes(text) ? password.replaceAll(text, '').length : Number.POSITIVE_INFINITY
}

/** `aaaaaaaaaaaa`, `abcabcabcabc`, `123456789012`. */
function isMonotonous(password: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/su.test(password)) return true
  const codes = [...password].map((character) => character.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, index) => (code - (codes[index] ?? 0) + 10) % 10))
  const isRun =
    steps.size === 1 && codes.every((code, index) => index === 0 || Math.abs(code - (codes[index - 1] ?? 0)) <= 9)
  return isRun
}

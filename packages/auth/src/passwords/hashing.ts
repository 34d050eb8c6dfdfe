import { availableParallelism } from 'node:os'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { UnavailableError } from '@worldloom/schema'
import pLimit from 'p-limit'

/**
 * argon2id with 19 MiB, two passes, one lane.
 *
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
 */
export const hashingPolicy = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Runs on its own threads, leaving one core for all other requests. */
const limit = pLimit(Math.max(1, availableParallelism() - 1))
const maxWaiting = 500

export async function hashPassword(password: string): Promise<string> {
  return await inTurn(() => hash(normal(password), hashingPolicy))
}

/** The hash of an unknown password, to compare with when there is none. */
let decoy: Promise<string> | undefined

/** Takes as long without a hash as with one. @returns false if there is none */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID())
  const compared = stored ?? (await decoy)
  const matches = await inTurn(() => verify(compared, normal(password)))
  return matches && stored !== undefined
}

/** Whether a hash was made with weaker parameters than today's. */
export function needsRehash(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored)
  return (
    memoryCost < hashingPolicy.memoryCost ||
    timeCost < hashingPolicy.timeCost ||
    parallelism < hashingPolicy.parallelism
  )
}

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (limit.pendingCount >= maxWaiting) throw new UnavailableError(new Error('too many passwords wait to be checked'))
  return await limit(work)
}

/** Normalises a password, so that it is the same from every keyboard (NIST SP 800-63B §3.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC')
}

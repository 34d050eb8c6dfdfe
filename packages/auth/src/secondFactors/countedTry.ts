import { addressKey, type RateLimiting } from '../rateLimits.ts'

/**
 * Tries a second factor, or a passkey alone. Counted before it is checked, so that guesses that are made at once count each; given back if
 * it was right.
 *
 * @param of whose it is, if that is known, and where they are
 * @throws {RateLimitedError} and as the check
 */
export async function countedTry<Result>(
  rateLimits: RateLimiting,
  { ipAddress, userId }: { readonly ipAddress: string | undefined; readonly userId?: string | undefined },
  check: () => Promise<Result>,
): Promise<Result> {
  const address = addressKey(ipAddress)
  await rateLimits.consume('secondFactorAddress', address)
  if (userId) await rateLimits.consume('secondFactorAccount', userId)
  const result = await check()
  await Promise.all([
    rateLimits.giveBack('secondFactorAddress', address),
    userId && rateLimits.giveBack('secondFactorAccount', userId),
  ])
  return result
}

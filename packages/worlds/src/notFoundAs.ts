import { NotFoundError } from '@worldloom/schema'

/**
 * For `catch`: what belongs to a world that the caller may not see is not there itself.
 *
 * @param noun what was asked for
 */
export function notFoundAs(noun: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof NotFoundError ? new NotFoundError(noun) : error
  }
}

import { type ErrorReason, readError, type WorldloomFailure } from '@worldloom/client'

/** An answer of one of the routes that are not procedures: RFC 9457. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly failure: WorldloomFailure

  constructor(failure: WorldloomFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** Makes of anything that was thrown what a person can be told. */
export function failureOf(error: unknown): WorldloomFailure {
  return error instanceof ProblemError ? error.failure : readError(error)
}

export type Faults = Partial<Record<string, string>>

/** The faults by the field they belong to. */
export function fieldFaults(failure: WorldloomFailure | undefined): Faults {
  const reason = failure?.reason
  if (reason?.kind === 'badInput') {
    return Object.fromEntries(Object.entries(reason.fields).map(([field, faults]) => [field, faults.join('. ')]))
  }
  return reason?.kind === 'taken' ? { [reason.field]: failure?.message ?? '' } : {}
}

/**
 * Posts JSON to a route that is not a procedure.
 *
 * @returns the JSON that comes back, if any
 * @throws {ProblemError}
 */
export async function postJson(path: string, body: unknown = {}): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new ProblemError({
      message: 'Worldloom can not be reached. Check the connection and try again.',
      status: undefined,
      reason: undefined,
      requestId: undefined,
      isTemporary: true,
    })
  }
  if (response.ok) return response.status === 204 ? undefined : await response.json()
  const problem: { detail?: string; reason?: ErrorReason; requestId?: string } = await response.json().catch(() => ({}))
  throw new ProblemError({
    message: problem.detail ?? `Worldloom answered ${response.status}.`,
    status: response.status,
    reason: problem.reason,
    requestId: problem.requestId,
    isTemporary: response.status === 429 || response.status >= 502,
  })
}

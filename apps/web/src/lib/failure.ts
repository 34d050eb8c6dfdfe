import { type ErrorReason, FailureError, readError, type WorldloomFailure } from '@worldloom/client'
import { askToConfirm } from './confirmation.ts'
import * as words from './words.ts'

/** An error response of a route that is not a procedure: RFC 9457. */
export class ProblemError extends FailureError {
  override readonly name = 'ProblemError'
}

/** Turns anything that was thrown into a message for people. */
export function failureOf(error: unknown): WorldloomFailure {
  return readError(error)
}

export type Faults = Partial<Record<string, string>>

/** Validation errors by field. */
export function fieldFaults(failure: WorldloomFailure | undefined): Faults {
  const reason = failure?.reason
  if (reason?.kind === 'badInput') {
    // What is wrong with one of several (`redirectUris.0`) is wrong with the field.
    const faults = Object.entries(reason.fields).map(([field, each]) => [field.replace(/\.\d+$/, ''), each.join('. ')])
    return Object.fromEntries(faults)
  }
  return reason?.kind === 'taken' ? { [reason.field]: failure?.message ?? '' } : {}
}

/**
 * Posts JSON to a route that is not a procedure.
 *
 * @returns the JSON response, if any
 * @throws {ProblemError}
 */
export async function postJson(path: string, body: unknown = {}): Promise<unknown> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  try {
    return await fetchJson(path, init)
  } catch (error) {
    if (failureOf(error).reason?.kind !== 'signInAgain' || !(await askToConfirm())) throw error
    return await fetchJson(path, init)
  }
}

/** Reads JSON from a route that is not a procedure. @throws {ProblemError} */
export async function getJson<Answer>(path: string): Promise<Answer> {
  return (await fetchJson(path)) as Answer // as the route answers
}

async function fetchJson(path: string, init?: RequestInit): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    throw new ProblemError(unreachable)
  }
  if (response.ok) return response.status === 204 ? undefined : await response.json()
  throw new ProblemError(problemOf(response.status, await response.json().catch(() => null)))
}

export const unreachable: WorldloomFailure = {
  message: words.unreachable,
  status: undefined,
  reason: undefined,
  requestId: undefined,
  isTemporary: true,
}

/** Reads an error response: RFC 9457. @param body null if it was not JSON */
export function problemOf(
  status: number,
  body: { detail?: string; reason?: ErrorReason; requestId?: string } | null,
): WorldloomFailure {
  return {
    message: body?.detail ?? words.answeredStatus(status),
    status,
    reason: body?.reason,
    requestId: body?.requestId,
    isTemporary: status === 429 || status >= 502,
  }
}

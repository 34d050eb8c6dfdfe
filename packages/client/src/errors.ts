import { TRPCClientError } from '@trpc/client'
import type { AppRouter } from '@worldloom/api/contract'
import type { ErrorReason } from '@worldloom/schema'

export type { ErrorReason }

export interface WorldloomFailure {
  /** A message for people. */
  readonly message: string
  /** The HTTP status; undefined if there was no response. */
  readonly status: number | undefined
  /** For programs; undefined if there is nothing a caller can do. */
  readonly reason: ErrorReason | undefined
  /** To be quoted when reporting a problem. */
  readonly requestId: string | undefined
  /**
   * Whether the server could not be reached, did not respond in time, or was unavailable, so that a retry makes sense.
   */
  readonly isTemporary: boolean
}

export const unreachable: WorldloomFailure = {
  message: 'Worldloom cannot be reached. Check the connection and try again.',
  status: undefined,
  reason: undefined,
  requestId: undefined,
  isTemporary: true,
}

/** An error that says itself what went wrong. */
export class FailureError extends Error {
  readonly failure: WorldloomFailure

  constructor(failure: WorldloomFailure, options?: ErrorOptions) {
    super(failure.message, options)
    this.failure = failure
  }
}

/** Turns anything that a call threw into a message for people and a reason for programs. */
export function readError(error: unknown): WorldloomFailure {
  if (error instanceof FailureError) return error.failure
  if (!isWorldloomError(error)) {
    const message = error instanceof Error ? error.message : String(error)
    return { message, status: undefined, reason: undefined, requestId: undefined, isTemporary: false }
  }
  const { data } = error
  if (!data) return unreachable
  return {
    message: error.message,
    status: data.httpStatus,
    // The server sends the same ErrorReason as JSON.
    reason: data.reason as ErrorReason | undefined,
    requestId: data.requestId,
    isTemporary: data.httpStatus === 429 || data.httpStatus >= 502,
  }
}

export function isWorldloomError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError
}

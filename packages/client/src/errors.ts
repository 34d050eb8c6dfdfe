import { TRPCClientError } from '@trpc/client'
import type { AppRouter } from '@worldloom/api/contract'
import type { ErrorReason } from '@worldloom/schema'

export type { ErrorReason }

export interface WorldloomFailure {
  /** A sentence for people. */
  readonly message: string
  /** The HTTP status; undefined when no answer came. */
  readonly status: number | undefined
  /** For programs; undefined for what nobody can do anything about. */
  readonly reason: ErrorReason | undefined
  /** Mention it when reporting a problem. */
  readonly requestId: string | undefined
  /** The server could not be reached, did not answer in time, or said that it can't just now: worth trying again. */
  readonly isTemporary: boolean
}

/** Makes of anything that a call threw what a person can be told and a program can decide by. */
export function readError(error: unknown): WorldloomFailure {
  if (!isWorldloomError(error)) {
    const message = error instanceof Error ? error.message : String(error)
    return { message, status: undefined, reason: undefined, requestId: undefined, isTemporary: false }
  }
  const { data } = error
  if (!data) {
    return {
      message: 'Worldloom cannot be reached. Check the connection and try again.',
      status: undefined,
      reason: undefined,
      requestId: undefined,
      isTemporary: true,
    }
  }
  return {
    message: error.message,
    status: data.httpStatus,
    // What travelled as JSON is what was sent: the server types it as the same ErrorReason.
    reason: data.reason as ErrorReason | undefined,
    requestId: data.requestId,
    isTemporary: data.httpStatus === 429 || data.httpStatus >= 502,
  }
}

export function isWorldloomError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError
}

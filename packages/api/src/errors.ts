import { TRPCError } from '@trpc/server'
import { toWorldloomError } from '@worldloom/db'
import { type ErrorKind, type ErrorReason, type Language, translateError, WorldloomError } from '@worldloom/schema'

type Code = TRPCError['code']

const codes: Record<ErrorKind, Code> = {
  badInput: 'BAD_REQUEST',
  badCursor: 'BAD_REQUEST',
  // tRPC has no code for 410, which REST responds with.
  syncAnew: 'PRECONDITION_FAILED',
  notSignedIn: 'UNAUTHORIZED',
  credentialNotAccepted: 'FORBIDDEN',
  notPermitted: 'FORBIDDEN',
  roleTooLow: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  taken: 'CONFLICT',
  changed: 'CONFLICT',
  changedSince: 'CONFLICT',
  unavailable: 'SERVICE_UNAVAILABLE',
  invalidCredential: 'UNAUTHORIZED',
  ambiguousCredential: 'BAD_REQUEST',
  roleMissing: 'FORBIDDEN',
  exceedsOwn: 'FORBIDDEN',
  lastAdmin: 'CONFLICT',
  lastOwner: 'CONFLICT',
  conflict: 'CONFLICT',
  wrongPassword: 'FORBIDDEN',
  signInAgain: 'FORBIDDEN',
  rateLimited: 'TOO_MANY_REQUESTS',
  notConfigured: 'NOT_IMPLEMENTED',
}

/** Every kind of reason that a refusal can have. */
export const errorKinds: readonly string[] = Object.keys(codes)

/** The one place that turns what was thrown into what the caller receives. */
export function toTRPCError(thrown: unknown): TRPCError {
  const error = toWorldloomError(thrown instanceof TRPCError ? thrown.cause : thrown)
  if (error) return new TRPCError({ code: codes[error.reason.kind], message: error.message, cause: error })
  return thrown instanceof TRPCError ? thrown : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: thrown })
}

/** The message and reason for the caller. Nothing internal: for an unexpected error, only the request id. */
export function publicError(error: TRPCError, requestId: string | undefined, language: Language = 'en') {
  const reason: ErrorReason | undefined = error.cause instanceof WorldloomError ? error.cause.reason : undefined
  const message =
    error.code === 'INTERNAL_SERVER_ERROR'
      ? `Something went wrong on our side. Quote ${requestId ?? 'the time'} when you report it.`
      : error.message
  return translateError({ message, reason }, language)
}

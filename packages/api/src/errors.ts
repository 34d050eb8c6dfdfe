import { TRPCError } from '@trpc/server'
import { SignInError } from '@worldloom/auth'
import { databaseFault } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type ErrorKind,
  type ErrorReason,
  LastAdminError,
  LastOwnerError,
  signInFailures,
  TakenError,
  UnavailableError,
  WorldloomError,
} from '@worldloom/schema'
import { z } from 'zod'

type Code = TRPCError['code']

const codes: Record<ErrorKind, Code> = {
  badInput: 'BAD_REQUEST',
  badCursor: 'BAD_REQUEST',
  notSignedIn: 'UNAUTHORIZED',
  credentialNotAccepted: 'FORBIDDEN',
  notPermitted: 'FORBIDDEN',
  roleTooLow: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  taken: 'CONFLICT',
  changed: 'CONFLICT',
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

const resourceOfTable: Readonly<Record<string, string>> = {
  worlds: 'world',
  users: 'user',
  entities: 'entry',
  api_keys: 'API key',
  roles: 'role',
  permissions: 'permission',
  password_credentials: 'account',
}

/** What was thrown as one of ours; undefined for what nobody foresaw. */
export function toWorldloomError(thrown: unknown): WorldloomError | undefined {
  const error = known(thrown)
  return error instanceof WorldloomError ? error : undefined
}

/** The one place where what was thrown becomes what a caller is told. */
export function toTRPCError(thrown: unknown): TRPCError {
  const error = known(thrown instanceof TRPCError ? (thrown.cause ?? thrown) : thrown)
  if (error instanceof TRPCError) return error
  if (error) return new TRPCError({ code: codes[error.reason.kind], message: error.message, cause: error })
  return thrown instanceof TRPCError ? thrown : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: thrown })
}

function known(error: unknown): WorldloomError | TRPCError | undefined {
  if (error instanceof WorldloomError || error instanceof TRPCError) return error
  if (error instanceof SignInError) return new ConflictError(signInFailures[error.failure])
  if (error instanceof z.core.$ZodError) return badInput(error)
  const fault = databaseFault(error)
  if (fault?.kind === 'unique') return new TakenError(resourceOfTable[fault.table] ?? fault.table, fault.field)
  if (fault?.kind === 'badText') return new BadInputError({ input: ['Contains characters that can not be stored'] })
  if (fault?.kind === 'lastAdmin') return new LastAdminError()
  if (fault?.kind === 'lastOwner') return new LastOwnerError()
  if (fault?.kind === 'deadlock') return new ConflictError('Somebody changed the same at this very moment. Try again.')
  if (fault?.kind === 'unavailable') return new UnavailableError(error)
  return undefined
}

/** What zod found, by field. */
export function badInput(error: z.core.$ZodError): BadInputError {
  // Not an object: a field that somebody made up may be called constructor.
  const fields = new Map<string, string[]>()
  for (const issue of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.') || 'input']
    const message = issue.code === 'unrecognized_keys' ? 'Is not a field that can be given here' : issue.message
    for (const name of names) fields.set(name, [...(fields.get(name) ?? []), message])
  }
  return new BadInputError(Object.fromEntries(fields))
}

/** What goes to the caller beside the sentence. Nothing of the inside: an unknown error is only its request id. */
export function publicError(error: TRPCError, requestId: string | undefined) {
  const reason: ErrorReason | undefined = error.cause instanceof WorldloomError ? error.cause.reason : undefined
  const message =
    error.code === 'INTERNAL_SERVER_ERROR'
      ? `Something went wrong on our side. Mention ${requestId ?? 'the time'} when you report it.`
      : error.message
  return { message, reason }
}

import {
  BadInputError,
  badInput,
  ConflictError,
  LastAdminError,
  LastOwnerError,
  TakenError,
  UnavailableError,
  WorldloomError,
} from '@worldloom/schema'
import { z } from 'zod'
import { databaseFault } from './errors.ts'

const resourceOfTable: Readonly<Record<string, string>> = {
  worlds: 'world',
  users: 'user',
  entities: 'entry',
  api_keys: 'API key',
  roles: 'role',
  permissions: 'permission',
  tags: 'tag',
  views: 'view',
  link_kinds: 'kind of link',
  links: 'link',
  password_credentials: 'account',
}

/** Turns what was thrown (by us, Zod or PostgreSQL) into one of our errors; undefined for anything unexpected. */
export function toWorldloomError(error: unknown): WorldloomError | undefined {
  if (error instanceof WorldloomError) return error
  if (error instanceof z.core.$ZodError) return badInput(error)
  const fault = databaseFault(error)
  if (fault?.kind === 'unique') return new TakenError(resourceOfTable[fault.table] ?? fault.table, fault.field)
  if (fault?.kind === 'badText') return new BadInputError({ input: ['Contains characters that cannot be stored'] })
  if (fault?.kind === 'lastAdmin') return new LastAdminError()
  if (fault?.kind === 'lastOwner') return new LastOwnerError()
  if (fault?.kind === 'deadlock') return new ConflictError('Somebody else changed this at the same time. Try again.')
  if (fault?.kind === 'unavailable') return new UnavailableError(error)
  return undefined
}

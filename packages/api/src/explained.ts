import { findRolesWith } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { NotPermittedError } from '@worldloom/schema'

/** A refusal with what only the database knows: which roles have the permission that is missing. Other errors are as they were. */
export async function explained<Thrown>(db: Database, error: Thrown): Promise<Thrown | NotPermittedError> {
  if (!(error instanceof NotPermittedError) || error.reason.kind !== 'notPermitted') return error
  const { permission, lackedBy } = error.reason
  const roles = await findRolesWith(db, permission).catch(() => undefined)
  // Whatever keeps us from looking it up, the refusal itself is what matters.
  return roles ? new NotPermittedError(permission, { lackedBy, roles }) : error
}

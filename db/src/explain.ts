import { OperatorError } from '@worldloom/config'
import { databaseFault } from './errors.ts'

/** Why a process failed: a sentence for the operator or, for unexpected errors, the stack. */
export function explainToOperator(error: unknown): string {
  if (error instanceof OperatorError) return error.message
  const reason = error instanceof Error ? error.message : String(error)
  if (databaseFault(error)?.kind === 'unavailable') {
    return `The database cannot be reached (${reason}). Check DATABASE_URL, and that it runs.`
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'Its port is in use by another program. Set PORT to a free one, for example PORT=3100.'
  }
  return error instanceof Error ? (error.stack ?? reason) : reason
}

import { isDay } from '../../lib/day.ts'

/** The filters of the audit log, as in the URL. */
export interface AuditSearch {
  q?: string | undefined
  /** The page checks whether there is such an action: their labels are not for the start of the app. */
  action?: string | undefined
  outcome?: 'success' | 'failure' | undefined
  /** Dates, such as 2027-01-31. */
  from?: string | undefined
  to?: string | undefined
}

export function readAuditSearch({ q, action, outcome, from, to }: Record<string, unknown>): AuditSearch {
  return {
    ...((typeof q === 'string' || typeof q === 'number') && { q: String(q) }),
    ...(typeof action === 'string' && { action }),
    ...((outcome === 'success' || outcome === 'failure') && { outcome }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  }
}

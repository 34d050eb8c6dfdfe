import type { ChangeSet } from '../../lib/api.ts'
import * as words from './words.ts'

type Status = ChangeSet['status']

export const statusNames: Readonly<Record<Status, string>> = {
  pending: words.pending,
  confirmed: words.confirmed,
  dismissed: words.dismissed,
}

/** How a status looks as a badge. */
export const statusLooks: Readonly<Record<Status, 'accent' | 'good' | 'plain'>> = {
  pending: 'accent',
  confirmed: 'good',
  dismissed: 'plain',
}

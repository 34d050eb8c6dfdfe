import { wholeEntry } from '@worldloom/schema/entity/wholeEntry'
import type { Kind } from '../../lib/kinds.ts'

/** What of an entry can be a spoiler, each with its label. */
export function spoilerFields(kind: Kind): (readonly [name: string, label: string])[] {
  return [
    [wholeEntry, `The whole ${kind.wording.one}`],
    ['displayName', 'Display name'],
    ['description', 'Description'],
    ['body', 'Body'],
    ...kind.fields.map(({ name, label }) => [name, label] as const),
  ]
}

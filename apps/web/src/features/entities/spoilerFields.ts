import { wholeEntry } from '@worldloom/schema/entity/wholeEntry'
import type { Kind } from '../../lib/kinds.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** What of an entry can be a spoiler, each with its label. */
export function spoilerFields(kind: Kind): (readonly [name: string, label: string])[] {
  return [
    [wholeEntry, words.theWholeEntry(kind.wording.one)],
    ['displayName', common.displayName],
    ['description', common.description],
    ['body', words.body],
    ...kind.fields.map(({ name, label }) => [name, label] as const),
  ]
}

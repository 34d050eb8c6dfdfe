import { listed } from '../../lib/list.ts'
import { plural } from '../../lib/plural.ts'
import type * as english from './words.ts'

export const hereToo: typeof english.hereToo = (names) =>
  `${listed(names)} ${plural(names.length, { one: 'ist', other: 'sind' })} auch hier`

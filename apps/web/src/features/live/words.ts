import { listed } from '../../lib/list.ts'
import { plural } from '../../lib/plural.ts'

export const hereToo = (names: readonly string[]) =>
  `${listed(names)} ${plural(names.length, { one: 'is', other: 'are' })} here too`

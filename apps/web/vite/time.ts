import type { Plugin } from 'vite'

const id = 'virtual:time'
const units = ['day', 'hour', 'minute'] as const

/**
 * How times are written in a language, as the formatters of Intl write them: in the browser, the first of those takes
 * longer to load its data than a page takes to render.
 */
export function timeModule(language: string): Plugin {
  return {
    name: 'time',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? moduleOf(language) : undefined),
  }
}

function moduleOf(language: string): string {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  // Where a number has a word of its own, such as “yesterday”, the pattern is that of the others.
  const always = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  const plurals = new Intl.PluralRules(language)
  const categories = plurals.resolvedOptions().pluralCategories
  /** A number of each category, e.g. 1 and 2. */
  const examples = categories.map((category) => {
    const count = Array.from({ length: 100 }, (_, index) => index).find((each) => plurals.select(each) === category)
    if (count === undefined) throw new Error(`No whole number below 100 is “${category}” in ${language}.`)
    return [category, count] as const
  })
  const patterns = (sign: 1 | -1, unit: (typeof units)[number]) =>
    Object.fromEntries(
      examples.map(([category, count]) => {
        const parts = always.formatToParts(sign * count, unit)
        return [category, parts.map((part) => (part.type === 'integer' ? '{count}' : part.value)).join('')]
      }),
    )
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const partsOf = (month: number) => day.formatToParts(Date.UTC(2027, month, 15))
  const data = {
    yesterday: relative.format(-1, 'day'),
    tomorrow: relative.format(1, 'day'),
    past: Object.fromEntries(units.map((unit) => [unit, patterns(-1, unit)])),
    future: Object.fromEntries(units.map((unit) => [unit, patterns(1, unit)])),
    date: partsOf(0)
      .map(({ type, value }) => (type === 'literal' ? value : `{${type}}`))
      .join(''),
    months: Array.from({ length: 12 }, (_, month) => partsOf(month).find(({ type }) => type === 'month')?.value ?? ''),
  }
  return Object.entries(data)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
    .join('\n')
}

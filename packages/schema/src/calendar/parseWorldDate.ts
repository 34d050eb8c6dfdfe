import type { Calendar } from './calendarType.ts'
import { type DatePoint, faultOf, rangeOf, readPoints, type WorldDate, writePoint } from './worldDate.ts'
import { formatWorldDate, yearOfEra } from './writeWorldDate.ts'

export type ParsedDate =
  | { readonly date: WorldDate; readonly error?: undefined }
  | { readonly date?: undefined; readonly error: string }

const spanWords = /\s+(?:to|until|till|through)\s+|\s*[–—]\s*|\s+-\s+/

/**
 * Reads a date as people write it in a calendar: “12 Frostmoon 412 AR”, “Frostmoon 12, 412”, “the spring of 412”,
 * “412 AR”, “12 Frostmoon 412, 14:30”, and spans of two of these with “to” or a dash. The stored notation is read as well.
 * A year without an era is counted without eras.
 */
export function parseWorldDate(calendar: Calendar, written: string): ParsedDate {
  const text = written.trim()
  const stored = readPoints(text)
  if (stored) return checked(calendar, stored)
  const plain = folded(text).replace(/^(?:from|between|on|in|around)\s+/u, '')
  const ends = plain.split(spanWords)
  // Years alone may have a dash without spaces.
  const years = /^(-?\d+)-(\d{3,}\D*)$/.exec(plain)
  const [first = '', last, ...others] = years ? [years[1] ?? '', years[2] ?? ''] : ends
  if (others.length > 0) return { error: 'A span has two ends: write it with one dash' }
  const end = last === undefined ? undefined : readWords(calendar, last)
  if (end && 'error' in end) return end
  const start = readWords(calendar, first, end)
  if ('error' in start) return start
  return checked(calendar, end ? [start.point, end.point] : [start.point])
}

function checked(calendar: Calendar, points: readonly [DatePoint, DatePoint?]): ParsedDate {
  const [first, last] = points
  for (const point of points) {
    const fault = point && faultOf(calendar, point)
    if (fault) return { error: fault }
  }
  const date = last ? `${writePoint(first)}/${writePoint(last)}` : writePoint(first)
  if (last && !rangeOf(calendar, date)) return { error: 'The span ends before it begins' }
  // A span within one and the same date is that date.
  return { date: last && writePoint(first) === writePoint(last) ? writePoint(first) : date }
}

interface Read {
  readonly point: DatePoint
  readonly era: Calendar['eras'][number] | undefined
}

/** @param after the end of the span, whose year and era the beginning may leave out */
function readWords(calendar: Calendar, text: string, after?: Read): Read | { readonly error: string } {
  let rest = ` ${text.replaceAll(/[,.;]/g, ' ').replace(/\s+/g, ' ').trim()} `
  /** Removes the longest of some names that is there. @returns its index */
  const take = (names: readonly string[]): number | undefined => {
    const [found] = names
      .map((name, index) => ({ name: ` ${folded(name).replaceAll(/[,.;]/g, ' ')} `, index }))
      .filter(({ name }) => rest.includes(name))
      .sort((one, other) => other.name.length - one.name.length)
    if (!found) return undefined
    rest = rest.replace(found.name, ' \u0000 ')
    return found.index
  }
  let time: { hour: number; minute: number } | undefined
  rest = rest.replace(/ (?:at )?(\d{1,3}):(\d{2,3}) /, (_, hour: string, minute: string) => {
    time = { hour: Number(hour), minute: Number(minute) }
    return ' '
  })
  const months = calendar.months.map(({ name }) => name)
  const eras = calendar.eras.map(({ name }) => name)
  const eraIndex = take(eras) ?? take(calendar.eras.map(({ abbreviation }) => abbreviation))
  rest = rest.replace('\u0000', ' ')
  take(calendar.weekdays)
  rest = rest.replace('\u0000', ' ')
  const season = take(calendar.seasons.map(({ name }) => name))
  const month = season === undefined ? take(months) : undefined
  const words = rest
    .trim()
    .split(/\s+/)
    .filter((word) => !['the', 'of', 'year', 'day', 'in', 'on', ''].includes(word))
  const numbers: number[] = []
  for (const word of words) {
    const match = /^(-?\d{1,7})(?:st|nd|rd|th)?$/.exec(word)
    if (match) numbers.push(Number(match[1]))
    else if (word !== '\u0000') return { error: unreadable(calendar) }
  }
  const era =
    (eraIndex === undefined ? undefined : calendar.eras[eraIndex]) ?? (numbers.length > 0 ? after?.era : undefined)
  const inYear = (number: number) => (era ? yearOfEra(era, number) : number)
  const [one, two] = numbers
  const finish = (point: DatePoint): Read => ({ point: { ...point, ...time }, era })
  if (numbers.length > 2 || (time && (month === undefined || (two === undefined && !after)))) {
    return { error: unreadable(calendar) }
  }
  if (month !== undefined) {
    if (one === undefined)
      return after ? finish({ year: after.point.year, month: month + 1 }) : { error: unreadable(calendar) }
    if (two === undefined) {
      // “Frostmoon 412”; at the beginning of a span, “12 Frostmoon” is a day of the year of its end.
      return after && rest.trim().endsWith('\u0000')
        ? finish({ year: after.point.year, month: month + 1, day: one })
        : finish({ year: inYear(one), month: month + 1 })
    }
    // The year comes last, unless it is written before the month and cannot be a day.
    const isYearFirst = rest.trim().indexOf('\u0000') > 0 && one > (calendar.months[month]?.days ?? 0) + 10
    const [day, year] = isYearFirst ? [two, one] : [one, two]
    return finish({ year: inYear(year), month: month + 1, day })
  }
  if (season !== undefined) {
    const year = one === undefined ? after?.point.year : inYear(one)
    return year === undefined || two !== undefined
      ? { error: unreadable(calendar) }
      : finish({ year, season: season + 1 })
  }
  return one === undefined || two !== undefined ? { error: unreadable(calendar) } : finish({ year: inYear(one) })
}

/** Without case, accents and more than one space. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
}

function unreadable(calendar: Calendar): string {
  const year = Math.max(1, calendar.eras.findLast((era) => !era.backwards)?.start ?? 1) + 411
  const examples = [`${year}-01-12`, String(year), `${year}/${year + 3}`].map(
    (date) => `“${formatWorldDate(calendar, date)}”`,
  )
  return `Is not a date of the calendar “${calendar.name}”. Write for example ${examples.join(', ')}`
}

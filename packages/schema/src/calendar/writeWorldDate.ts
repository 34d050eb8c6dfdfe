import type { Calendar } from './calendarType.ts'
import { type DatePoint, readPoints, type WorldDate } from './worldDate.ts'

type Era = Calendar['eras'][number]

/** The era that a year is in, and its number there. */
export function yearInEra({ eras }: Calendar, year: number): { readonly era?: Era; readonly number: number } {
  const forward = eras
    .filter((era) => !era.backwards && era.start <= year)
    .sort((one, other) => other.start - one.start)
  const backward = eras
    .filter((era) => era.backwards && era.start >= year)
    .sort((one, other) => one.start - other.start)
  const [era = backward[0]] = forward
  if (!era) return { number: year }
  return { era, number: era.backwards ? era.start - year + 1 : year - era.start + 1 }
}

/** The year without eras. */
export function yearOfEra({ start, backwards }: Era, number: number): number {
  return backwards ? start - number + 1 : start + number - 1
}

/** A date in the words of its calendar, e.g. “12 Frostmoon 412 AR”. What the calendar does not have is left in numbers. */
export function formatWorldDate(calendar: Calendar, date: WorldDate): string {
  const [first, last] = readPoints(date) ?? []
  if (!first) return date
  return last ? `${formatPoint(calendar, first)} – ${formatPoint(calendar, last)}` : formatPoint(calendar, first)
}

function formatPoint(calendar: Calendar, { year, season, month, day, hour, minute = 0 }: DatePoint): string {
  const { era, number } = yearInEra(calendar, year)
  const inYear = era ? `${number} ${era.abbreviation}` : String(number)
  if (season !== undefined) return `${calendar.seasons[season - 1]?.name ?? `Season ${season}`} of ${inYear}`
  if (month === undefined) return inYear
  const name = calendar.months[month - 1]?.name ?? `month ${month}`
  if (day === undefined) return `${name} ${inYear}`
  const time = hour === undefined ? '' : `, ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return `${day} ${name} ${inYear}${time}`
}

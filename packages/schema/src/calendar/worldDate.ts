import type { Calendar } from './calendarType.ts'
import { calendarDay, dayNumber, daysInMonth, firstDayOfYear } from './days.ts'
import { maxYear } from './maxYear.ts'

/**
 * A date as it is stored, after the notation of ISO 8601-2: `412`, `412-03`, `412-s1` (the first season), `412-03-12`,
 * `412-03-12T14:30`, or a span of two of these, as `412/415-03`. Years are counted without eras.
 */
export type WorldDate = string

/** One end of a date. Only what is known of it is there. */
export interface DatePoint {
  readonly year: number
  readonly season?: number
  readonly month?: number
  readonly day?: number
  readonly hour?: number
  readonly minute?: number
}

/** What a date covers, in day numbers: from the first to before the last. The time of a day is a fraction. */
export interface DateRange {
  readonly begins: number
  readonly ends: number
}

const pointPattern = /^(-?\d{1,7})(?:-s(\d{1,2})|-(\d{2})(?:-(\d{2,4})(?:T(\d{2,3}):(\d{2,3}))?)?)?$/

/** Reads the stored notation. @returns undefined for anything else */
export function readPoints(date: WorldDate): readonly [DatePoint, DatePoint?] | undefined {
  const [first, second, ...others] = date.split('/').map(readPoint)
  if (!first || others.length > 0) return undefined
  if (!date.includes('/')) return [first]
  return second && [first, second]
}

function readPoint(written: string): DatePoint | undefined {
  const match = pointPattern.exec(written)
  if (!match) return undefined
  const [, year, season, month, day, hour, minute] = match
  return {
    year: Number(year),
    ...(season !== undefined && { season: Number(season) }),
    ...(month !== undefined && { month: Number(month) }),
    ...(day !== undefined && { day: Number(day) }),
    ...(hour !== undefined && { hour: Number(hour), minute: Number(minute) }),
  }
}

export function writePoint({ year, season, month, day, hour, minute = 0 }: DatePoint): WorldDate {
  const two = (value: number) => String(value).padStart(2, '0')
  if (season !== undefined) return `${year}-s${season}`
  if (month === undefined) return String(year)
  if (day === undefined) return `${year}-${two(month)}`
  return `${year}-${two(month)}-${two(day)}${hour === undefined ? '' : `T${two(hour)}:${two(minute)}`}`
}

/** Why there is no such date in a calendar; undefined if there is. */
export function faultOf(calendar: Calendar, point: DatePoint): string | undefined {
  const { year, season, month, day, hour, minute = 0 } = point
  if (Math.abs(year) > maxYear) return `Years go up to ${maxYear.toLocaleString('en')}`
  if (season !== undefined && !calendar.seasons[season - 1]) {
    return calendar.seasons.length === 0
      ? 'This calendar has no seasons'
      : `There is no season ${season}: the year has ${calendar.seasons.length}`
  }
  if (month !== undefined && !calendar.months[month - 1]) {
    return `There is no month ${month}: the year has ${calendar.months.length}`
  }
  if (month !== undefined && day !== undefined) {
    const days = daysInMonth(calendar, year, month)
    if (day < 1 || day > days) {
      const varies = calendar.leapRules.some((rule) => rule.month === month)
      return `${calendar.months[month - 1]?.name} has ${days} days${varies ? ' in that year' : ''}`
    }
  }
  if (hour !== undefined && (hour >= calendar.hoursPerDay || minute >= calendar.minutesPerHour)) {
    return `A day has ${calendar.hoursPerDay} hours of ${calendar.minutesPerHour} minutes`
  }
  return undefined
}

/** @param point one that exists in the calendar */
export function rangeOfPoint(calendar: Calendar, point: DatePoint): DateRange {
  const { year, season, month, day, hour, minute = 0 } = point
  if (season !== undefined) {
    const start = seasonStart(calendar, year, season)
    const isLast = season === calendar.seasons.length
    return {
      begins: start,
      ends: isLast ? seasonStart(calendar, year + 1, 1) : seasonStart(calendar, year, season + 1),
    }
  }
  if (month === undefined) return { begins: firstDayOfYear(calendar, year), ends: firstDayOfYear(calendar, year + 1) }
  if (day === undefined) {
    const begins = dayNumber(calendar, { year, month, day: 1 })
    return { begins, ends: begins + daysInMonth(calendar, year, month) }
  }
  const begins = dayNumber(calendar, { year, month, day })
  if (hour === undefined) return { begins, ends: begins + 1 }
  const minutes = calendar.hoursPerDay * calendar.minutesPerHour
  const moment = hour * calendar.minutesPerHour + minute
  return { begins: begins + moment / minutes, ends: begins + (moment + 1) / minutes }
}

function seasonStart(calendar: Calendar, year: number, season: number): number {
  const { month = 1, day = 1 } = calendar.seasons[season - 1] ?? {}
  return dayNumber(calendar, { year, month, day })
}

/** What a stored date covers. @returns undefined if the calendar has no such date */
export function rangeOf(calendar: Calendar, date: WorldDate): DateRange | undefined {
  const [first, last = first] = readPoints(date) ?? []
  if (!first || !last || faultOf(calendar, first) || faultOf(calendar, last)) return undefined
  const { begins } = rangeOfPoint(calendar, first)
  const { ends } = rangeOfPoint(calendar, last)
  return ends > begins ? { begins, ends } : undefined
}

/**
 * The nearest date that a calendar has: the same, or a longer one around it. The 31st of a month that has 30 days becomes
 * that month, a month that there is not becomes the year.
 */
export function fitted(calendar: Calendar, date: WorldDate): WorldDate {
  const [first, last] = readPoints(date) ?? []
  if (!first) return date
  const start = fittedPoint(calendar, first)
  const written = last ? `${writePoint(start)}/${writePoint(fittedPoint(calendar, last))}` : writePoint(start)
  return rangeOf(calendar, written) ? written : writePoint({ year: start.year })
}

function fittedPoint(calendar: Calendar, point: DatePoint): DatePoint {
  const { year, month, day } = point
  const wider: DatePoint[] = [
    point,
    ...(month !== undefined && day !== undefined ? [{ year, month, day }] : []),
    ...(month !== undefined ? [{ year, month }] : []),
    { year },
  ]
  return wider.find((each) => !faultOf(calendar, each)) ?? { year }
}

/** The least and most whole years from one date to another, which depends on what is known of both. */
export function yearsBetween(
  calendar: Calendar,
  from: WorldDate,
  to: WorldDate,
): { readonly least: number; readonly most: number } | undefined {
  const start = rangeOf(calendar, from)
  const end = rangeOf(calendar, to)
  if (!start || !end) return undefined
  return {
    least: wholeYears(calendar, Math.ceil(start.ends) - 1, Math.floor(end.begins)),
    most: wholeYears(calendar, Math.floor(start.begins), Math.ceil(end.ends) - 1),
  }
}

/** @param from the number of a day */
function wholeYears(calendar: Calendar, from: number, to: number): number {
  const start = calendarDay(calendar, from)
  const end = calendarDay(calendar, to)
  const isShort = end.month < start.month || (end.month === start.month && end.day < start.day)
  return end.year - start.year - (isShort ? 1 : 0)
}

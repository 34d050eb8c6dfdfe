import type { Calendar } from './calendarType.ts'

/** A day of a calendar. Years are counted without eras: 0 comes before 1. Months and days are counted from 1. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

function plainYearLength({ months }: Calendar): number {
  return months.reduce((sum, { days }) => sum + days, 0)
}

/** How many of the years up to and including this one a rule makes longer, counted from year 0. */
function leapYearsUntil({ every, except, unless }: Calendar['leapRules'][number], year: number): number {
  const multiples = (of: number | undefined) => (of === undefined ? 0 : Math.floor(year / of))
  return multiples(every) - multiples(except) + multiples(unless)
}

/** @param month counted from 1 */
export function daysInMonth(calendar: Calendar, year: number, month: number): number {
  const added = calendar.leapRules
    .filter((rule) => rule.month === month)
    .reduce((sum, rule) => sum + rule.days * (leapYearsUntil(rule, year) - leapYearsUntil(rule, year - 1)), 0)
  return (calendar.months[month - 1]?.days ?? 0) + added
}

/** The number of the first day of a year. Day 0 is the first day of year 1. */
export function firstDayOfYear(calendar: Calendar, year: number): number {
  const added = calendar.leapRules.reduce(
    (sum, rule) => sum + rule.days * (leapYearsUntil(rule, year - 1) - leapYearsUntil(rule, 0)),
    0,
  )
  return (year - 1) * plainYearLength(calendar) + added
}

export function dayNumber(calendar: Calendar, { year, month, day }: CalendarDay): number {
  let days = firstDayOfYear(calendar, year) + day - 1
  for (let before = 1; before < month; before++) days += daysInMonth(calendar, year, before)
  return days
}

/** The day with a number. */
export function calendarDay(calendar: Calendar, number: number): CalendarDay {
  const leapDays = calendar.leapRules.reduce(
    (sum, { days, every, except, unless }) =>
      sum + days * (1 / every - (except ? 1 / except : 0) + (unless ? 1 / unless : 0)),
    0,
  )
  let year = Math.floor(number / (plainYearLength(calendar) + leapDays)) + 1
  while (firstDayOfYear(calendar, year) > number) year--
  while (firstDayOfYear(calendar, year + 1) <= number) year++
  let rest = number - firstDayOfYear(calendar, year)
  let month = 1
  while (rest >= daysInMonth(calendar, year, month)) {
    rest -= daysInMonth(calendar, year, month)
    month++
  }
  return { year, month, day: rest + 1 }
}

/** The name of the weekday of a day; undefined in a calendar without weeks. */
export function weekdayOf({ weekdays, firstWeekday }: Calendar, number: number): string | undefined {
  if (weekdays.length === 0) return undefined
  const index = (number + firstWeekday - 1) % weekdays.length
  return weekdays[index < 0 ? index + weekdays.length : index]
}

import { z } from 'zod'
import { text } from '../text.ts'
import type { Calendar } from './calendarType.ts'
import { maxYear } from './maxYear.ts'

const label = (maximum: number) =>
  text(maximum)
    .overwrite((value) => value.trim().replace(/\s+/gu, ' '))
    // A name without letters could not be told from a number when a date is typed.
    .refine((value) => /\p{L}/u.test(value), 'Needs a letter')

const count = (maximum: number) =>
  z.int('Must be a whole number').min(1, 'Must be at least 1').max(maximum, `Must be at most ${maximum}`)

const month = z.strictObject({ name: label(50), days: count(1000) })

const leapRule = z.strictObject({
  /** The month that is longer in a leap year, counted from 1. */
  month: count(60),
  /** How many days longer. */
  days: count(1000),
  /** A leap year comes every so many years, … */
  every: count(100_000),
  /** … but not every so many, … */
  except: count(100_000).optional(),
  /** … unless it is one of these as well: the Gregorian calendar has 4, 100 and 400. */
  unless: count(100_000).optional(),
})

const era = z.strictObject({
  name: label(50),
  abbreviation: label(12),
  /** Which year, counted without eras, is its year 1. */
  start: z.int('Must be a whole number').min(-maxYear, 'Is too early').max(maxYear, 'Is too late'),
  /** Whether its years count backwards, as those before Christ. */
  backwards: z.boolean('Must be true or false').default(false),
})

const season = z.strictObject({
  name: label(50),
  /** The day on which it begins. It lasts until the next one begins. */
  month: count(60),
  day: count(1000),
})

/** A calendar: how the years of a world are divided and counted. */
export const calendarField = z
  .strictObject({
    name: label(100),
    months: z.array(month).min(1, 'A year needs a month').max(60, 'At most 60'),
    /** None if the world has no weeks. */
    weekdays: z.array(label(50)).max(30, 'At most 30').default([]),
    /** Which weekday the first day of year 1 is, counted from 1. */
    firstWeekday: count(30).default(1),
    leapRules: z.array(leapRule).max(10, 'At most 10').default([]),
    eras: z.array(era).max(50, 'At most 50').default([]),
    seasons: z.array(season).max(20, 'At most 20').default([]),
    hoursPerDay: count(1000).default(24),
    minutesPerHour: count(1000).default(60),
  })
  .superRefine((calendar, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const { months, weekdays, eras, seasons, leapRules, firstWeekday } = calendar
    for (const [list, names] of [
      ['months', months.map(({ name }) => name)],
      ['seasons', seasons.map(({ name }) => name)],
      ['weekdays', weekdays],
      ['eras', eras.map(({ name }) => name)],
      ['eras', eras.map(({ abbreviation }) => abbreviation)],
    ] as const) {
      const known = new Set<string>()
      for (const [index, name] of names.entries()) {
        const key = name.toLowerCase()
        if (known.has(key)) fault([list, index], `“${name}” is there twice`)
        known.add(key)
      }
    }
    const named = new Set(months.map(({ name }) => name.toLowerCase()))
    for (const [index, { name }] of seasons.entries()) {
      if (named.has(name.toLowerCase())) fault(['seasons', index, 'name'], `“${name}” is the name of a month as well`)
    }
    if (firstWeekday > Math.max(1, weekdays.length))
      fault(['firstWeekday'], `There are only ${weekdays.length} days in a week`)
    for (const [index, rule] of leapRules.entries()) {
      const { every, except, unless } = rule
      if (!months[rule.month - 1]) fault(['leapRules', index, 'month'], `There is no month ${rule.month}`)
      if (except !== undefined && except % every !== 0)
        fault(['leapRules', index, 'except'], `Must be a multiple of ${every}`)
      if (unless !== undefined && (except === undefined || unless % except !== 0)) {
        fault(
          ['leapRules', index, 'unless'],
          except === undefined ? 'Needs “except”' : `Must be a multiple of ${except}`,
        )
      }
    }
    let before = 0
    for (const [index, each] of seasons.entries()) {
      const days = months[each.month - 1]?.days
      if (days === undefined) fault(['seasons', index, 'month'], `There is no month ${each.month}`)
      else if (each.day > days) fault(['seasons', index, 'day'], `${months[each.month - 1]?.name} has ${days} days`)
      const order = each.month * 2000 + each.day
      if (order <= before) fault(['seasons', index], 'Seasons have to be in the order in which they begin')
      before = order
    }
  })
  .meta({ id: 'Calendar' }) satisfies z.ZodType<Calendar>

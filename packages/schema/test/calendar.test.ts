import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Calendar,
  calendarDay,
  calendarField,
  calendarPresets,
  dayNumber,
  daysInMonth,
  fitted,
  formatWorldDate,
  gregorianCalendar,
  parseWorldDate,
  rangeOf,
  tenSunsCalendar,
  thirteenMoonsCalendar,
  weekdayOf,
  yearsBetween,
} from '../src/index.ts'

const calendars = Object.values(calendarPresets)

describe('day numbers', () => {
  test.each(calendars.map((calendar) => [calendar.name, calendar] as const))(
    'of %s count on day by day',
    (_, calendar) => {
      fc.assert(
        fc.property(fc.integer({ min: -2_000_000, max: 2_000_000 }), (number) => {
          const day = calendarDay(calendar, number)
          expect(day.day).toBeLessThanOrEqual(daysInMonth(calendar, day.year, day.month))
          expect(dayNumber(calendar, day)).toBe(number)
        }),
      )
    },
  )

  test('of the Gregorian calendar agree with those of the platform', () => {
    const epoch = dayNumber(gregorianCalendar, { year: 1970, month: 1, day: 1 })
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
          const number = dayNumber(gregorianCalendar, day)
          expect(number).toBe(epoch + Math.floor(date.getTime() / 86_400_000))
          const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(date)
          expect(weekdayOf(gregorianCalendar, number)).toBe(weekday)
        },
      ),
    )
  })
})

describe('a date in the words of a world', () => {
  test.each([
    ['12 Frostmoon 412 AR', '412-01-12'],
    ['Frostmoon 12, 412', '412-01-12'],
    ['the 12th of frostmoon, 412 AR', '412-01-12'],
    ['Saltday, 12 Frostmoon 412 After the Ringing', '412-01-12'],
    ['412 Frostmoon 12', '412-01-12'],
    ['Frostmoon 412', '412-01'],
    ['the spring of 412', '412-s2'],
    ['Spring 412 AR', '412-s2'],
    ['412', '412'],
    ['year 412 AR', '412'],
    ['3 BR', '-2'],
    ['12 Frostmoon 412 at 14:30', '412-01-12T14:30'],
    ['12 Frostmoon 412, 14:30', '412-01-12T14:30'],
    ['412 – 415 AR', '412/415'],
    ['412-415', '412/415'],
    ['from 412 to 415', '412/415'],
    ['3 BR – 2 AR', '-2/2'],
    ['12 Frostmoon – 3 Wolfmoon 412 AR', '412-01-12/412-02-03'],
    ['Frostmoon – Wolfmoon 412', '412-01/412-02'],
    ['412-01-12', '412-01-12'],
    ['29 Lastmoon 412', '412-13-29'],
  ])('“%s” is %s', (written, date) => {
    expect(parseWorldDate(thirteenMoonsCalendar, written)).toEqual({ date })
  })

  test.each([
    ['412-14-01', 'There is no month 14: the year has 13'],
    ['30 Frostmoon 412', 'Frostmoon has 28 days'],
    ['29 Lastmoon 413', 'Lastmoon has 28 days in that year'],
    ['415 – 412', 'The span ends before it begins'],
    ['412 – 413 – 414', 'A span has two ends'],
    ['12 Frostmoon 412 at 25:00', 'A day has 24 hours of 60 minutes'],
    ['9999999', 'Years go up to 1,000,000'],
    ['tomorrow', '“12 Frostmoon 412 AR”'],
    ['', 'Is not a date of the calendar “Thirteen moons”'],
    ['Frostmoon', 'Is not a date'],
    ['1 2 3', 'Is not a date'],
    ['412-s9', 'There is no season 9'],
    ['🐉', 'Is not a date'],
  ])('“%s” is refused: %s', (written, error) => {
    expect(parseWorldDate(thirteenMoonsCalendar, written).error).toContain(error)
  })

  test.each(calendars.map((calendar) => [calendar.name, calendar] as const))(
    'of %s is read as it is shown',
    (_, calendar) => {
      fc.assert(
        fc.property(
          fc.integer({ min: -500_000, max: 500_000 }),
          fc.nat({ max: 3 }),
          fc.nat({ max: 900 }),
          (number, form, length) => {
            const text = (from: number) => {
              const { year, month, day } = calendarDay(calendar, from)
              const two = (value: number) => String(value).padStart(2, '0')
              return [`${year}`, `${year}-${two(month)}`, `${year}-${two(month)}-${two(day)}`, `${year}-s1`][form] ?? ''
            }
            const date = length < 300 ? text(number) : `${text(number)}/${text(number + length)}`
            const { date: read } = parseWorldDate(calendar, formatWorldDate(calendar, date))
            expect(rangeOf(calendar, read ?? '')).toEqual(rangeOf(calendar, date))
          },
        ),
      )
    },
  )

  test('has the hours of its world', () => {
    expect(formatWorldDate(tenSunsCalendar, '812-11-05T09:75')).toBe('5 Days of the Sun 12 Glass, 09:75')
    expect(parseWorldDate(tenSunsCalendar, '5 Days of the Sun 12 Glass, 9:75')).toEqual({ date: '812-11-05T09:75' })
    const range = rangeOf(tenSunsCalendar, '812-11-05T05:00')
    expect((range?.begins ?? 0) % 1).toBe(0.5)
  })

  test('sorts and compares, however much of it is known', () => {
    const sorted = ['-2', '411-13', '412', '412-s1', '412-01-12', '412-01-12T14:30', '412-02', '412-s2']
    const begins = sorted.map((date) => rangeOf(thirteenMoonsCalendar, date)?.begins ?? Number.NaN)
    expect(begins.toSorted((one, other) => one - other)).toEqual(begins)
    // The last season lasts until the first one of the next year.
    expect(rangeOf(thirteenMoonsCalendar, '412-s5')?.ends).toBe(rangeOf(thirteenMoonsCalendar, '413')?.begins)
  })
})

test('ages are worked out, as exactly as the dates say', () => {
  const age = (from: string, to: string) => yearsBetween(thirteenMoonsCalendar, from, to)
  expect(age('380-03-10', '412-03-10')).toEqual({ least: 32, most: 32 })
  expect(age('380-03-10', '412-03-09')).toEqual({ least: 31, most: 31 })
  expect(age('380', '412-03-09')).toEqual({ least: 31, most: 32 })
  expect(age('-4-01-01', '5-01-01')).toEqual({ least: 9, most: 9 })
  expect(yearsBetween(gregorianCalendar, '2000-02-29', '2001-02-28')).toEqual({ least: 0, most: 0 })
  expect(yearsBetween(gregorianCalendar, '2000-02-29', '2001-03-01')).toEqual({ least: 1, most: 1 })
})

test('a date that another calendar does not have becomes the nearest that it has', () => {
  expect(fitted(gregorianCalendar, '412-13-05')).toBe('412')
  expect(fitted(gregorianCalendar, '412-02-30')).toBe('412-02')
  expect(fitted(gregorianCalendar, '412-s5')).toBe('412')
  expect(fitted(gregorianCalendar, '412-02-30/413-01-01')).toBe('412-02/413-01-01')
  expect(fitted(gregorianCalendar, '412-02-28')).toBe('412-02-28')
  expect(fitted(tenSunsCalendar, '412-01-12T14:30')).toBe('412-01-12')
})

describe('a calendar', () => {
  const faults = (change: Partial<Record<keyof Calendar, unknown>>) => {
    const { error } = calendarField.safeParse({ ...thirteenMoonsCalendar, ...change })
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  }

  test('may be any of the presets', () => {
    for (const calendar of calendars) expect(calendarField.parse(calendar)).toEqual(calendar)
  })

  test.each([
    ['years without months', { months: [] }, 'months: A year needs a month'],
    ['months without days', { months: [{ name: 'Empty', days: 0 }] }, 'months.0.days: Must be at least 1'],
    ['a name that is there twice', { weekdays: ['One day', 'one DAY'] }, 'weekdays.1: “one DAY” is there twice'],
    ['a name without letters', { weekdays: ['12'] }, 'weekdays.0: Needs a letter'],
    [
      'a season that begins nowhere',
      { seasons: [{ name: 'Never', month: 14, day: 1 }] },
      'seasons.0.month: There is no month 14',
    ],
    [
      'a season that begins after its month',
      { seasons: [{ name: 'Late', month: 1, day: 29 }] },
      'seasons.0.day: Frostmoon has 28 days',
    ],
    [
      'a leap rule of no month',
      { leapRules: [{ month: 14, days: 1, every: 4 }] },
      'leapRules.0.month: There is no month 14',
    ],
    [
      'exceptions that are no multiples',
      { leapRules: [{ month: 1, days: 1, every: 4, except: 6 }] },
      'leapRules.0.except: Must be a multiple of 4',
    ],
    [
      'a leap year every 0 years',
      { leapRules: [{ month: 1, days: 1, every: 0 }] },
      'leapRules.0.every: Must be at least 1',
    ],
    ['a weekday that there is not', { firstWeekday: 9 }, 'firstWeekday: There are only 7 days in a week'],
  ])('with %s is refused', (_, change, fault) => {
    expect(faults(change)).toContain(fault)
  })
})

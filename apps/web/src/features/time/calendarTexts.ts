import type { Calendar } from '@worldloom/schema/calendar/calendarType'
import * as words from './words.ts'

/** A calendar as a person edits it: lists with one item a line. */
export interface CalendarTexts {
  readonly name: string
  readonly months: string
  readonly weekdays: string
  readonly seasons: string
  readonly eras: string
  readonly leapRules: string
  readonly hoursPerDay: string
  readonly minutesPerHour: string
}

export function calendarTexts(calendar: Calendar): CalendarTexts {
  const monthName = (number: number) => calendar.months[number - 1]?.name ?? String(number)
  return {
    name: calendar.name,
    months: calendar.months.map(({ name, days }) => `${name} ${days}`).join('\n'),
    weekdays: calendar.weekdays.join('\n'),
    seasons: calendar.seasons.map(({ name, month, day }) => `${name} ${day} ${monthName(month)}`).join('\n'),
    eras: calendar.eras
      .map(({ name, abbreviation, start, backwards }) =>
        [name, abbreviation, start, ...(backwards ? ['backwards'] : [])].join(', '),
      )
      .join('\n'),
    leapRules: calendar.leapRules
      .map(({ month, days, every, except, unless }) =>
        [
          `${monthName(month)}, ${days}, ${every}`,
          ...(except === undefined ? [] : [`except ${except}`]),
          ...(unless === undefined ? [] : [`unless ${unless}`]),
        ].join(' '),
      )
      .join('\n'),
    hoursPerDay: String(calendar.hoursPerDay),
    minutesPerHour: String(calendar.minutesPerHour),
  }
}

/** @param before has what is not edited here @throws {Error} naming the line that is not understood */
export function readCalendarTexts(texts: CalendarTexts, before: Calendar): Calendar {
  const months = linesOf(texts.months).map((line) => {
    const [, name = '', days] = matched(/^(.+?)[\s,]+(\d+)$/, line, words.months)
    return { name, days: Number(days) }
  })
  const monthOf = (name: string, line: string, field: string) => {
    const index = months.findIndex((month) => month.name.toLowerCase() === name.trim().toLowerCase())
    if (index < 0) throw new Error(words.noSuchMonth(field, name.trim(), line))
    return index + 1
  }
  const weekdays = linesOf(texts.weekdays)
  return {
    name: texts.name,
    months,
    weekdays,
    firstWeekday: Math.min(before.firstWeekday, Math.max(1, weekdays.length)),
    seasons: linesOf(texts.seasons).map((line) => {
      const [, name = '', day, month = ''] = matched(/^(.+?)[\s,]+(\d+)\s+(.+)$/, line, words.seasons)
      return { name, day: Number(day), month: monthOf(month, line, words.seasons) }
    }),
    eras: linesOf(texts.eras).map((line) => {
      const [, name = '', abbreviation = '', start, backwards] = matched(
        /^([^,]+),\s*([^,]+),\s*(-?\d+)\s*(,\s*backwards)?$/i,
        line,
        words.eras,
      )
      return {
        name: name.trim(),
        abbreviation: abbreviation.trim(),
        start: Number(start),
        backwards: Boolean(backwards),
      }
    }),
    leapRules: linesOf(texts.leapRules).map((line) => {
      const [, month = '', days, every, except, unless] = matched(
        /^([^,]+),\s*(\d+),\s*(\d+)(?:\s+except\s+(\d+))?(?:\s+unless\s+(\d+))?$/i,
        line,
        words.leapYears,
      )
      return {
        month: monthOf(month, line, words.leapYears),
        days: Number(days),
        every: Number(every),
        ...(except !== undefined && { except: Number(except) }),
        ...(unless !== undefined && { unless: Number(unless) }),
      }
    }),
    hoursPerDay: Number(texts.hoursPerDay),
    minutesPerHour: Number(texts.minutesPerHour),
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

function matched(pattern: RegExp, line: string, field: string): RegExpExecArray {
  const match = pattern.exec(line)
  if (!match) throw new Error(words.notUnderstood(field, line))
  return match
}

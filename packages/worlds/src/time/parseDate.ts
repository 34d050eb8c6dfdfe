import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  BadInputError,
  type dateParsed,
  type dateParseInput,
  formatWorldDate,
  parseWorldDate,
  rangeOf,
  weekdayOf,
} from '@worldloom/schema'
import type { z } from 'zod'
import { findWorldById } from '../worlds/read.ts'
import { calendarOf } from './calendar.ts'

/**
 * Reads a date in the calendar of a world, for programs that do not know calendars.
 *
 * @throws {NotFoundError}
 * @throws {BadInputError} for what is no date
 */
export async function parseDate(
  db: Database,
  principal: KnownPrincipal,
  { worldId, text }: z.output<typeof dateParseInput>,
): Promise<z.output<typeof dateParsed>> {
  const calendar = calendarOf((await findWorldById(db, principal, worldId)).calendar)
  const { date, error } = parseWorldDate(calendar, text)
  const range = date === undefined ? undefined : rangeOf(calendar, date)
  if (date === undefined || !range) throw new BadInputError({ text: [error ?? 'Is not a date of this calendar'] })
  const isOneDay = Math.floor(range.begins) === Math.ceil(range.ends) - 1
  return {
    date,
    text: formatWorldDate(calendar, date),
    weekday: (isOneDay && weekdayOf(calendar, Math.floor(range.begins))) || null,
    ...range,
  }
}

import type { Database } from '@worldloom/db'
import { type Calendar, gregorianCalendar } from '@worldloom/schema'

/** The calendar of a world that may not have one of its own. */
export function calendarOf(stored: Calendar | null): Calendar {
  return stored ?? gregorianCalendar
}

/** The calendar of a world. To be read in a transaction that holds the world, where dates are written. */
export async function findCalendar(db: Database, worldId: string): Promise<Calendar> {
  const { calendar } = await db
    .selectFrom('worlds')
    .where('id', '=', worldId)
    .select('calendar')
    .executeTakeFirstOrThrow()
  return calendarOf(calendar as Calendar | null) // as updateWorld has checked it
}

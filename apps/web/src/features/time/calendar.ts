import type { Calendar } from '@worldloom/schema/calendar/calendarType'
import { gregorianCalendar } from '@worldloom/schema/calendar/presets'
import { type Accessor, useContext } from 'solid-js'
import { WorldContext } from '../worlds/worldContext.ts'

/** The calendar of the world whose page this is; where there is none, the Gregorian one. */
export function useCalendar(): Accessor<Calendar> {
  const world = useContext(WorldContext)
  return () => world?.()?.calendar ?? gregorianCalendar
}

import type { Calendar } from '@worldloom/schema'
import { calendarDay, dayNumber, daysInMonth, firstDayOfYear } from '@worldloom/schema/calendar/days'
import { writePoint } from '@worldloom/schema/calendar/worldDate'
import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'

export interface Tick {
  readonly day: number
  readonly label: string
}

/** Ticks have at least so many pixels each. */
const room = 110
const most = 100

/** Round dates in a part of time, as many as there is room for: from millennia to hours. */
export function ticksIn(calendar: Calendar, from: number, to: number, pixelsPerDay: number): Tick[] {
  const first = calendarDay(calendar, Math.floor(from))
  const daysPerYear = firstDayOfYear(calendar, first.year + 1) - firstDayOfYear(calendar, first.year)
  const daysPerMonth = daysPerYear / calendar.months.length
  if (pixelsPerDay * daysPerMonth < room) {
    const years = roundYears(room / (pixelsPerDay * daysPerYear))
    // Within a year, so many months at a time.
    if (years === 1 && (pixelsPerDay * daysPerYear) / 4 >= room) return monthsIn(calendar, from, to, 3)
    const start = Math.floor(first.year / years) * years
    return gather((index) => {
      const year = start + index * years
      return { day: firstDayOfYear(calendar, year), label: formatWorldDate(calendar, writePoint({ year })) }
    }, to)
  }
  if (pixelsPerDay * 7 < room) return monthsIn(calendar, from, to, 1)
  if (pixelsPerDay < 4 * room) {
    const days = Math.max(1, Math.ceil(room / pixelsPerDay))
    const start = Math.floor(from / days) * days
    return gather((index) => {
      const day = start + index * days
      return { day, label: formatWorldDate(calendar, writePoint(calendarDay(calendar, day))) }
    }, to)
  }
  const hours = [1, 2, 3, 6].find((each) => (pixelsPerDay * each) / 24 >= room) ?? 6
  return gather((index) => {
    const day = Math.floor(from) + Math.floor((index * hours) / 24)
    const hour = (index * hours) % 24
    const point = { ...calendarDay(calendar, day), hour, minute: 0 }
    return {
      day: day + hour / 24,
      label: hour === 0 ? formatWorldDate(calendar, writePoint(calendarDay(calendar, day))) : `${point.hour}:00`,
    }
  }, to)
}

function monthsIn(calendar: Calendar, from: number, to: number, step: number): Tick[] {
  const first = calendarDay(calendar, Math.floor(from))
  const count = calendar.months.length
  const start = Math.floor((first.month - 1) / step) * step
  return gather((index) => {
    const months = start + index * step
    const point = { year: first.year + Math.floor(months / count), month: (months % count) + 1 }
    // A month can have no days in some years.
    const day =
      daysInMonth(calendar, point.year, point.month) > 0 ? dayNumber(calendar, { ...point, day: 1 }) : Number.NaN
    return { day, label: formatWorldDate(calendar, writePoint(point)) }
  }, to)
}

function gather(tickAt: (index: number) => Tick, to: number): Tick[] {
  const ticks: Tick[] = []
  for (let index = 0; index < most; index++) {
    const tick = tickAt(index)
    if (tick.day > to) break
    if (!Number.isNaN(tick.day)) ticks.push(tick)
  }
  return ticks
}

/** 1, 2, 5, 10, 20, 50, … */
function roundYears(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((years) => years >= least) ?? power
}

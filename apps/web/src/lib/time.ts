import { date as dateFormat, future, months, past, tomorrow, yesterday } from 'virtual:time'
import { plural } from './plural.ts'
import * as words from './words.ts'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** “3 hours ago” or, past a fortnight, the date, as Intl writes them (vite/time.ts). */
export function timeAgo(timestamp: string): string {
  const date = new Date(timestamp)
  const seconds = (Date.now() - date.getTime()) / 1000
  if (Math.abs(seconds) > 14 * 86_400) {
    return dateFormat
      .replace('{month}', months[date.getMonth()] ?? '')
      .replace('{day}', String(date.getDate()))
      .replace('{year}', String(date.getFullYear()))
  }
  for (const [unit, size] of units) {
    const count = Math.trunc(Math.abs(seconds) / size)
    if (count === 0) continue
    if (unit === 'day' && count === 1) return seconds > 0 ? yesterday : tomorrow
    return plural(count, (seconds > 0 ? past : future)[unit]).replace('{count}', String(count))
  }
  return words.justNow
}

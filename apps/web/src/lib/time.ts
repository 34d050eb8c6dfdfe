// Made at their first use: making one takes longer than drawing a page's header.
let relative: Intl.RelativeTimeFormat | undefined
let absolute: Intl.DateTimeFormat | undefined

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** “3 hours ago”; a date once that says more. */
export function timeAgo(timestamp: string): string {
  const seconds = (Date.parse(timestamp) - Date.now()) / 1000
  if (Math.abs(seconds) > 14 * 86_400) {
    absolute ??= new Intl.DateTimeFormat('en', { dateStyle: 'medium' })
    return absolute.format(new Date(timestamp))
  }
  relative ??= new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return 'just now'
}

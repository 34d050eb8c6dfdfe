const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * “3 hours ago” or, past a fortnight, the date.
 *
 * Does not use Intl, whose first formatter takes as long to load its data as the page takes to render. The app is in
 * English only.
 */
export function timeAgo(timestamp: string): string {
  const date = new Date(timestamp)
  const seconds = (Date.now() - date.getTime()) / 1000
  if (Math.abs(seconds) > 14 * 86_400) return `${months[date.getMonth()]} ${date.getDate()}, ${date.getFullYear()}`
  for (const [unit, size] of units) {
    const count = Math.trunc(Math.abs(seconds) / size)
    if (count === 0) continue
    if (unit === 'day' && count === 1) return seconds > 0 ? 'yesterday' : 'tomorrow'
    const words = `${count} ${unit}${count === 1 ? '' : 's'}`
    return seconds > 0 ? `${words} ago` : `in ${words}`
  }
  return 'just now'
}

import { language } from './words.ts'

let grouped: Intl.NumberFormat | undefined

/** “1,234”. Small numbers need no formatter, which takes longer to create than a page of them takes to render. */
export function formatNumber(value: number): string {
  if (Math.abs(value) < 1000) return String(value)
  grouped ??= new Intl.NumberFormat(language)
  return grouped.format(value)
}

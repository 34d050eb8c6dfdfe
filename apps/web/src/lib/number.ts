import { language } from './words.ts'

let grouped: Intl.NumberFormat | undefined

/** “1,234”. Small numbers need no formatter, which takes longer to create than a page of them takes to render. */
export function formatNumber(value: number): string {
  if (Math.abs(value) < 1000) return String(value)
  grouped ??= new Intl.NumberFormat(language)
  return grouped.format(value)
}

let dollars: Intl.NumberFormat | undefined

/** “$0.0031”, “$1.25”: what the model costs is often less than a cent. */
export function formatDollars(value: number): string {
  dollars ??= new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  })
  return dollars.format(value)
}

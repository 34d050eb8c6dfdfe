import { language } from './words.ts'

/** “Ada, Bo, and Cy”. */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(language).format(items)
}

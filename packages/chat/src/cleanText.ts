/**
 * Removes from a model's text what could deceive readers or can't be stored: control characters, marks that reverse the
 * text direction, and the invisible letters of the tags block.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}--[\n\t]]|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|[\u{E0000}-\u{E007F}]/gv, '')
}

/** The same for every string in a JSON value. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [cleanText(name), cleanJson(of)]))
}

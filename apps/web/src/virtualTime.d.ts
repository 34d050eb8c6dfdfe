/** Generated from Intl for the language of the app by vite/time.ts. */
declare module 'virtual:time' {
  /** By the category of a number, with `{count}` in its place. */
  type Patterns = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }
  type UnitPatterns = Readonly<Record<'day' | 'hour' | 'minute', Patterns>>

  export const yesterday: string
  export const tomorrow: string
  export const past: UnitPatterns
  export const future: UnitPatterns
  /** With `{month}`, `{day}` and `{year}`. */
  export const date: string
  /** As in a date, abbreviated. */
  export const months: readonly string[]
}

/** The part of pg that its types leave out. */
declare module 'pg/lib/utils.js' {
  /** Turns a value into what a bind message takes. */
  export function prepareValue(value: unknown): string | Buffer | null
}

import { failureOf } from './failure.ts'
import * as words from './words.ts'

/** What a list without rows says: that it is loading, why it did not load, or that it is empty. */
export function nothingIn(query: { readonly isPending: boolean; readonly error: unknown }, empty: string): string {
  if (query.isPending) return words.loading
  return query.error ? failureOf(query.error).message : empty
}

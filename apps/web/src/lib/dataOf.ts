/**
 * A query's data, if it has any. Reading `data` directly would suspend everything around it until it has loaded,
 * instead of what the page shows meanwhile.
 */
export function dataOf<Data>(query: {
  readonly isPending: boolean
  readonly data: Data | undefined
}): Data | undefined {
  return query.isPending ? undefined : query.data
}

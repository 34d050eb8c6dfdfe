/**
 * What a query has found, as far as it has. Reading its `data` itself would suspend all that is around it until the
 * answer is there, in place of what the page shows meanwhile.
 */
export function dataOf<Data>(query: {
  readonly isPending: boolean
  readonly data: Data | undefined
}): Data | undefined {
  return query.isPending ? undefined : query.data
}

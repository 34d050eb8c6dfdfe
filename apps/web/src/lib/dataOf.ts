/**
 * A query's data, if it has any, as the page shows something of its own meanwhile.
 *
 * Reading `data` goes through a resource of Solid. That suspends everything around it until it has loaded, and again
 * whenever it is refetched if there was data from the beginning: what is around is taken out of the page for a moment,
 * and whoever was typing there has lost the focus. The store below the resource has the same data.
 */
export function dataOf<Data>(query: {
  readonly isPending: boolean
  readonly data: Data | undefined
}): Data | undefined {
  if (query.isPending) return undefined
  const stored = Object.getOwnPropertyDescriptor(query, 'data')
  return stored?.get ? stored.get() : stored?.value
}

/** The parameters of the page of connections, as in the URL. */
export interface GraphSearch {
  /** The entry in the middle; the most connected of the world, if omitted. */
  around?: string | undefined
  depth?: 1 | 2 | 3 | undefined
}

export function readGraphSearch({ around, depth }: Record<string, unknown>): GraphSearch {
  return {
    ...(typeof around === 'string' && { around }),
    ...((depth === 1 || depth === 2 || depth === 3) && { depth }),
  }
}

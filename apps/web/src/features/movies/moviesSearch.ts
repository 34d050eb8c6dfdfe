/** What the address of the movies page says. */
export interface MoviesSearch {
  since?: number | undefined
  rating?: number | undefined
}

export function readMoviesSearch({ since, rating }: Record<string, unknown>): MoviesSearch {
  return { ...(typeof since === 'number' && { since }), ...(typeof rating === 'number' && { rating }) }
}

/** The URL parameters of the movies page. */
export interface MoviesSearch {
  since?: number | undefined
  rating?: number | undefined
}

export function readMoviesSearch({ since, rating }: Record<string, unknown>): MoviesSearch {
  return { ...(typeof since === 'number' && { since }), ...(typeof rating === 'number' && { rating }) }
}

export const anyRating = 'Any rating'
export const anyYear = 'Any year'
export const movies = 'Movies'
export const noMoviesMatch = 'No movies match.'
export const noSuchMovie = 'No such movie'
export const rated = 'rated'
export const ratedAtLeast = (rating: number) => `${rating} or more`
export const rating = 'Rating'
export const released = 'Released'
export const since = (year: number) => `Since ${year}`
export const theMovies = 'The movies'

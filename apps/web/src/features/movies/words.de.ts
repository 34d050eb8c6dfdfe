import type * as english from './words.ts'

export const anyRating = 'Jede Bewertung'
export const anyYear = 'Jedes Jahr'
export const movies = 'Filme'
export const noMoviesMatch = 'Darauf passt kein Film.'
export const noSuchMovie = 'Diesen Film gibt es nicht'
export const rated = 'bewertet mit'
export const ratedAtLeast: typeof english.ratedAtLeast = (rating) => `${rating} oder mehr`
export const rating = 'Bewertung'
export const released = 'Erschienen'
export const since: typeof english.since = (year) => `Seit ${year}`
export const theMovies = 'die Filme'

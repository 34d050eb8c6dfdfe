export { findMovie, listMovies } from './movies/read.ts'

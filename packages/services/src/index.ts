export { findMovie, listMovies } from './movies/read.ts'
export { readHealth } from './statistics/health.ts'
export { countPeople } from './statistics/people.ts'
export { countUse, type TokenPrices } from './statistics/use.ts'

import type { DatabaseHandle } from '../database.ts'

/** Not a transaction: a seed makes its own. */
export type SeedDatabase = DatabaseHandle['db']

export { demoPeople, seedDemo } from './demo.ts'
export { largeTotal, seedLarge } from './large.ts'
export { seedMovies } from './movies.ts'

export { type DemoUserIds, demoPeople, seedDemo } from './demo.ts'
export { inventedWords, largeTotal, seedLarge } from './large.ts'
export { seedMovies } from './movies.ts'

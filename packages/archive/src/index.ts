export { archiveName } from './archiveName.ts'
export { importArchive } from './importArchive.ts'
export { Archive } from './openArchive.ts'
export { exportWorld } from './writeArchive.ts'

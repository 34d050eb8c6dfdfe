export { EmbeddedServerError } from './account.ts'
export { type BackedUp, backUpEmbedded, isEmbeddedRunning, restoreEmbedded, tryEmbeddedBackup } from './backup.ts'
export type { PostgresBinaries } from './binaries.ts'
export { type EmbeddedServer, type EmbeddedServerOptions, openEmbeddedServer } from './server.ts'

export { createClient, createDatabase, type Database, type DatabaseHandle, type DatabaseOptions } from './database.ts'
export { type DatabaseFault, databaseFault } from './errors.ts'
export type * from './generated/types.ts'
export { MigrationError, migrate, pendingMigrations } from './migrate.ts'

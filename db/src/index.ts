export { assignRole } from './assignRole.ts'
export {
  decodeCursor,
  firstRows,
  idKey,
  isAfter,
  isCursorOf,
  type PageStart,
  positionKey,
  type SortKey,
  textKey,
  timeKey,
  toPage,
} from './cursor.ts'
export { createClient, createDatabase, type Database, type DatabaseHandle, type DatabaseOptions } from './database.ts'
export { type DatabaseFault, databaseFault } from './errors.ts'
export { explainToOperator } from './explain.ts'
export type * from './generated/types.ts'
export { MigrationError, type MigrationProgress, migrate, pendingMigrations } from './migrate.ts'
export { preparedQueries, preparedQuery } from './prepared.ts'
export { ForeignReplicaError, type ReadReplica, type ReplicaState, type ReplicaStatus, Replicas } from './replicas.ts'
export { containing } from './search.ts'
export { toWorldloomError } from './toWorldloomError.ts'
export { afterCommit, inTransaction, runLast, tryOut } from './transaction.ts'
export { thisMonth, today } from './usageDays.ts'
export { formatWalPosition, parseWalPosition, type WalPosition } from './walPosition.ts'

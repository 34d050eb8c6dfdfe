import { type Database, inTransaction } from '@worldloom/db'
import { ConflictError, type EntityDefinition, type EntityVersion, entities, sharedFieldNames } from '@worldloom/schema'
import { updateEntity } from '../entities/write.ts'
import type { Writer } from '../writer.ts'
import { findVersion } from './history.ts'

/**
 * Writes an entry's fields as they were in an earlier version, which makes a new version. Where it is and what it is linked with
 * stay as they are.
 *
 * @param to the version to go back to
 * @param version the current version
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 * @throws {BadInputError} if something that it refers to is gone
 * @throws {TakenError} if its name is taken by now
 */
export async function restoreVersion(
  db: Database,
  writer: Writer,
  { id, to, version }: { readonly id: string; readonly to: number; readonly version: number },
): Promise<EntityVersion> {
  return await inTransaction(db, async (trx) => {
    const { kind, fields, isCurrent } = await findVersion(trx, writer.principal, id, to)
    if (isCurrent) throw new ConflictError('This is the current version.')
    const definition: EntityDefinition = entities[kind]
    const names = [...sharedFieldNames, ...Object.keys(definition.fields)]
    const earlier = Object.fromEntries(names.map((name) => [name, fields[name]]))
    await updateEntity(trx, writer, definition, { ...earlier, id, version, merge: false })
    return await findVersion(trx, writer.principal, id)
  })
}

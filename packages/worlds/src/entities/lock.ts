import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, preparedQueries } from '@worldloom/db'
import {
  BadInputError,
  ChangedError,
  type EntityDefinition,
  type EntityKind,
  entities,
  NotFoundError,
  type WorldRole,
} from '@worldloom/schema'
import { sql } from 'kysely'
import { replacedSince } from '../changes/replaced.ts'
import { reaches } from '../reach.ts'
import { requireRole } from '../worlds/authorize.ts'
import { isReadable } from '../worlds/select.ts'
import { findEntity } from './read.ts'
import { type AnyEntity, entityColumns, tableOf } from './select.ts'

/** An entry as it is before a change. */
export type LockedEntity = AnyEntity & { readonly deletedAt: Date | null } & Readonly<Record<string, unknown>>

type LockedRow = LockedEntity & { readonly role: WorldRole | null }
const lockedRows = preparedQueries<{ userId: string; id: string }, LockedRow>()

function selectForChange(
  db: Database,
  definition: EntityDefinition,
  state: 'active' | 'trash',
  { userId, id }: { readonly userId: string; readonly id: string },
) {
  const table = tableOf(definition)
  return db
    .selectFrom('entities')
    .innerJoin(table, `${table}.id`, 'entities.id')
    .innerJoin('worlds', 'worlds.id', 'entities.worldId')
    .leftJoin('worldMembers', (join) =>
      join.onRef('worldMembers.worldId', '=', 'worlds.id').on('worldMembers.userId', '=', userId),
    )
    .where('entities.id', '=', id)
    .where('entities.kind', '=', sql.lit(definition.kind))
    .where('entities.deletedAt', state === 'active' ? 'is' : 'is not', null)
    .where('worlds.deletedAt', 'is', null)
    .where(isReadable)
    .select(entityColumns(definition))
    .select(['entities.deletedAt', 'worldMembers.role'])
    .$castTo<LockedRow>() // the definition's columns were selected
    .forNoKeyUpdate('entities')
}

interface LockOptions {
  readonly version?: number
  readonly touching?: readonly string[]
  readonly state?: 'active' | 'trash'
}

/**
 * Locks an entry for a change. Concurrent changes wait.
 *
 * @param version the version that was edited; any, if omitted
 * @param touching the fields that are to be changed: an older version will do if nobody has changed these since
 * @throws {NotFoundError} also for what the caller may not see
 * @throws {RoleTooLowError} for callers who may only read
 * @throws {ChangedError} if the version is no longer current
 */
export async function lockForChange(
  trx: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
  { version, touching, state = 'active' }: LockOptions = {},
): Promise<LockedEntity> {
  const values = { userId: principal.user.id, id }
  const [found] = await lockedRows(trx, `${definition.kind} ${state}`, values, (db, given) =>
    selectForChange(db, definition, state, given),
  )
  if (!found || !reaches(principal, found.worldId)) throw new NotFoundError(definition.wording.one)
  const { role, ...entity } = found
  requireRole(role, 'editor')
  if (version !== undefined && entity.version !== version) {
    const isUntouched = touching && !hasAny(await replacedSince(trx, id, version, entity.version), touching)
    if (!isUntouched) await refuseChanged(trx, principal, definition, id)
  }
  return entity
}

function hasAny(changed: Readonly<Record<string, unknown>> | undefined, fields: readonly string[]): boolean {
  return !changed || fields.some((field) => field in changed)
}

/** @throws {ChangedError} with the entry as it is now */
export async function refuseChanged(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<never> {
  throw new ChangedError(definition.wording.one, await findEntity(db, principal, definition, id))
}

/** A field that refers to another entry of the same world. */
export interface Reference {
  readonly field: string
  readonly kind: EntityKind
  readonly ids: readonly string[]
}

/**
 * Checks that referenced entries exist, are of the right kind and in the same world, and locks them: they can't go into
 * the trash before this transaction ends.
 *
 * @throws {BadInputError} naming the field
 */
export async function holdReferences(
  trx: Database,
  worldId: string,
  references: readonly Reference[],
  hold: 'share' | 'order' = 'share',
): Promise<void> {
  const ids = [...new Set(references.flatMap((reference) => reference.ids))].sort()
  if (ids.length === 0) return
  const query = trx
    .selectFrom('entities')
    .select(['id', 'kind', 'deletedAt'])
    .where('id', 'in', ids)
    .where('worldId', '=', worldId)
    // Always in the same order, to avoid deadlocks.
    .orderBy('id')
  const found = await (hold === 'order' ? query.forNoKeyUpdate() : query.forShare()).execute()
  const faults: Record<string, string[]> = {}
  for (const { field, kind, ids: wanted } of references) {
    const { one, many } = entities[kind].wording
    const known = wanted.map((id) => found.find((row) => row.id === id && row.kind === kind))
    if (known.includes(undefined)) {
      faults[field] = [
        wanted.length > 1 ? `Not all of these ${many} are in this world` : `There is no such ${one} in this world`,
      ]
    } else if (known.some((row) => row?.deletedAt)) {
      faults[field] = [`The ${one} is in the trash: restore it first, or choose another`]
    }
  }
  if (Object.keys(faults).length > 0) throw new BadInputError(faults)
}

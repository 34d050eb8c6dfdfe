import { type KnownPrincipal, recordEvent } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  type ChangeAction,
  ChangedError,
  ConflictError,
  type Language,
  NotFoundError,
  type WorldRole,
  type worldCreateInput,
  type worldUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type Change, changeOf, previousOf, recordChanges } from '../changes/record.ts'
import { mergeChange } from '../changes/replaced.ts'
import { displayNameAfter } from '../displayName.ts'
import { keepMentions } from '../mentions/keep.ts'
import { requireReach } from '../reach.ts'
import { addUsualLinkKinds } from '../records/linkKinds.ts'
import { applyCalendar } from '../time/changeCalendar.ts'
import type { Writer } from '../writer.ts'
import { requireRole } from './authorize.ts'
import { findWorldById } from './read.ts'
import { selectReadableWorlds, worldColumns } from './select.ts'

/**
 * Creates a world and makes its creator the owner, in one statement.
 *
 * @param language what its kinds of links are called in
 * @throws a unique violation of worlds_name_key, which becomes a TakenError
 */
export async function createWorld(
  db: Database,
  { actor, principal }: Writer,
  input: Omit<z.output<typeof worldCreateInput>, 'template'>,
  language: Language,
) {
  refuseLimited(principal)
  const { displayName, ...fields } = input
  return await inTransaction(db, async (trx) => {
    const world = await trx
      .with('worlds', (cte) =>
        cte
          .insertInto('worlds')
          .values({ ...fields, displayName: displayName || fields.name, ownerId: principal.user.id })
          .returning(worldColumns),
      )
      .with('member', (cte) =>
        cte
          .insertInto('worldMembers')
          .columns(['worldId', 'userId', 'role'])
          .expression((eb) =>
            eb
              .selectFrom('worlds')
              .select(['worlds.id', 'worlds.ownerId', sql<WorldRole>`'owner'::world_role`.as('role')]),
          ),
      )
      .selectFrom('worlds')
      .select(worldColumns)
      .executeTakeFirstOrThrow()
    await addUsualLinkKinds(trx, world.id, language)
    await keepMentions(trx, { worldId: world.id, entry: null }, textsOf(input), { isNew: true })
    await recordChanges(trx, actor, world.id, [worldChange('create', world)])
    return { ...world, role: 'owner' satisfies WorldRole as WorldRole | null }
  })
}

/**
 * Changes the given fields. If others have changed the world since the version, both changes are merged, unless they
 * changed one of the same fields.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function updateWorld(
  db: Database,
  { actor, principal }: Writer,
  input: z.output<typeof worldUpdateInput>,
) {
  const { id, version, merge = true, ...change } = input
  requireReach(principal, id)
  const needed = change.visibility === undefined ? 'editor' : 'owner'
  return await inTransaction(db, async (trx) => {
    const before = await selectReadableWorlds(trx, principal.user.id)
      .select(worldColumns)
      .where('worlds.id', '=', id)
      .forNoKeyUpdate('worlds')
      .executeTakeFirstOrThrow(() => new NotFoundError('world'))
    requireRole(before.role, needed)
    const merged =
      merge || version === before.version ? await mergeChange(trx, { id, version }, change, before) : undefined
    if (!merged) throw new ChangedError('world', before)
    const { displayName, ...changes } = merged
    const updated = await trx
      .updateTable('worlds')
      .set((eb) => ({
        ...changes,
        displayName: displayName || displayNameAfter('worlds', changes.name, displayName === ''),
        // The trigger increments it; set here so that an update without fields is still a statement.
        version: eb.ref('worlds.version'),
      }))
      .where('id', '=', id)
      .returning(worldColumns)
      .executeTakeFirstOrThrow()
    if (changes.language !== undefined) await indexLanguage(trx, id)
    await keepMentions(trx, { worldId: id, entry: null }, textsOf(changes), { isNew: false })
    const moved = changes.calendar === undefined ? [] : await applyCalendar(trx, id, before.calendar, updated.calendar)
    // The world comes last, so that undoing begins with its calendar.
    await recordChanges(trx, actor, id, [...moved, worldChange('update', updated, previousOf(before, updated))])
    return { ...updated, role: before.role }
  })
}

/** Moves a world to the trash, if the version is still current. @throws as {@link updateWorld} */
export async function deleteWorld(
  db: Database,
  { actor, principal }: Writer,
  { id, version }: { id: string; version: number },
): Promise<{ id: string }> {
  requireReach(principal, id)
  return await inTransaction(db, async (trx) => {
    const deleted = await trx
      .updateTable('worlds')
      .from('worldMembers')
      .set({ deletedAt: new Date() })
      .whereRef('worldMembers.worldId', '=', 'worlds.id')
      .where('worldMembers.userId', '=', principal.user.id)
      .where('worldMembers.role', '=', 'owner')
      .where('worlds.id', '=', id)
      .where('worlds.version', '=', version)
      .where('worlds.deletedAt', 'is', null)
      .returning(['worlds.id', 'worlds.displayName', 'worlds.version'])
      .executeTakeFirst()
    if (!deleted) return await refuseToDelete(trx, principal, id)
    await recordEvent(trx, actor, { action: 'world.delete', subject: { kind: 'world', id, name: deleted.displayName } })
    await recordChanges(trx, actor, id, [worldChange('delete', deleted)])
    return { id }
  })
}

/**
 * Restores one of the caller's own worlds from the trash.
 *
 * @throws {NotFoundError}, or a unique violation if its name has been taken meanwhile
 */
export async function restoreWorld(db: Database, { actor, principal }: Writer, id: string) {
  requireReach(principal, id)
  return await inTransaction(db, async (trx) => {
    const restored = await trx
      .updateTable('worlds')
      .from('worldMembers')
      .set({ deletedAt: null })
      .whereRef('worldMembers.worldId', '=', 'worlds.id')
      .where('worldMembers.userId', '=', principal.user.id)
      .where('worldMembers.role', '=', 'owner')
      .where('worlds.id', '=', id)
      .where('worlds.deletedAt', 'is not', null)
      .where('worlds.isErased', '=', false)
      .returning([...worldColumns, 'worldMembers.role'])
      .executeTakeFirstOrThrow(() => new NotFoundError('world'))
    const subject = { kind: 'world', id, name: restored.displayName }
    await recordEvent(trx, actor, { action: 'world.restore', subject })
    await recordChanges(trx, actor, id, [worldChange('restore', restored)])
    return restored
  })
}

/** How many entries are indexed at once in another language; of larger worlds the server indexes the rest by and by. */
const indexedAtOnce = 2000

async function indexLanguage(trx: Database, id: string): Promise<void> {
  await sql`select index_language(${id}, ${indexedAtOnce}::int)`.execute(trx)
}

function textsOf({ description, body }: { description?: string | undefined; body?: string | undefined }) {
  return { description, body }
}

/** As {@link changeOf}, for a world. */
export function worldChange(
  action: ChangeAction,
  world: { readonly id: string; readonly displayName: string; readonly version: number },
  previous?: Readonly<Record<string, unknown>>,
): Change {
  return changeOf(action, { ...world, kind: 'world' }, previous)
}

/** Finds out why there was nothing to delete. */
async function refuseToDelete(db: Database, principal: KnownPrincipal, id: string): Promise<never> {
  const current = await findWorldById(db, principal, id)
  requireRole(current.role, 'owner')
  throw new ChangedError('world', current)
}

/** A key that is limited to some worlds could not see the one it creates. @throws {ConflictError} */
function refuseLimited(principal: KnownPrincipal): void {
  if (principal.kind === 'apiKey' && principal.worldIds) {
    throw new ConflictError('This API key is limited to certain worlds and cannot create others.')
  }
}

import type { Actor } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { BadInputError, type Calendar, type EntityDefinition, type Spoilers } from '@worldloom/schema'
import type { UpdateObject } from 'kysely'
import { changeOf, previousOf, recordChanges } from '../changes/record.ts'
import { mergeChange } from '../changes/replaced.ts'
import { displayNameAfter } from '../displayName.ts'
import { keepMentions, mentioningFields } from '../mentions/keep.ts'
import { dateFields, readDates, writeDates } from '../time/dates.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import type { Writer } from '../writer.ts'
import type { LinkList } from './links.ts'
import { holdReferences, type LockedEntity, lockForChange, refuseChanged } from './lock.ts'
import { naming } from './naming.ts'
import { type OrderedTable, positionAfter } from './order.ts'
import { findEntity } from './read.ts'
import { holdAllReferences, isNesting, lockNesting } from './references.ts'
import { type AnyEntity, ownEntityColumns, sharedEntityColumns, tableOf } from './select.ts'

/** The input that all kinds share, besides each kind's own fields. */
interface SharedInput extends Record<string, unknown> {
  readonly name?: string | undefined
  readonly displayName?: string | undefined
  readonly description?: string | undefined
  readonly body?: string | undefined
  readonly isPlaceholder?: boolean | undefined
  readonly coverId?: string | null | undefined
  readonly spoilers?: Spoilers | undefined
}
interface CreateInput extends SharedInput {
  readonly worldId: string
  readonly name: string
  readonly afterId?: string | null | undefined
}
interface UpdateInput extends SharedInput {
  readonly id: string
  readonly version: number
  readonly merge?: boolean | undefined
}

/**
 * Creates an entry. If its siblings are ordered, it goes after a given one or last.
 *
 * @throws {NotFoundError | RoleTooLowError} if the caller may not write to that world
 * @throws {BadInputError} for references that can't be resolved
 * @throws {TakenError} for the name
 */
export async function createEntity(
  db: Database,
  { actor, principal }: Writer,
  definition: EntityDefinition,
  given: CreateInput,
): Promise<AnyEntity> {
  const { worldId, name, displayName, description, body, isPlaceholder, coverId, spoilers, afterId } = given
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'editor')
    const { values: input, calendar } = await readDates(trx, worldId, dateFields(definition), given)
    await holdAllReferences(trx, definition, worldId, input)
    // Both statements return what they wrote: reading it again would take another.
    const shared = await naming(definition, () =>
      trx
        .insertInto('entities')
        .values({
          worldId,
          kind: definition.kind,
          ownerId: principal.user.id,
          name,
          displayName: displayName || name,
          ...(description !== undefined && { description }),
          ...(body !== undefined && { body }),
          ...(isPlaceholder !== undefined && { isPlaceholder }),
          ...(coverId !== undefined && { coverId }),
          ...(spoilers !== undefined && { spoilers: JSON.stringify(spoilers) }),
        })
        .returning(sharedEntityColumns)
        .executeTakeFirstOrThrow(),
    )
    const { parent } = definition
    const parentId = parent && (input[parent.field] as string) // as the definition's schema says
    const own = await trx
      .insertInto(tableOf(definition))
      .values({
        id: shared.id,
        worldId,
        ...ownValues(definition, input),
        ...(definition.ordered &&
          parentId && { position: await positionAfter(trx, orderOf(definition), parentId, afterId) }),
      })
      .returning(ownEntityColumns(definition))
      .executeTakeFirst()
    const created = { ...shared, ...own } as AnyEntity // the definition's columns
    await keepDerived(trx, definition, created, input, calendar, { isNew: true })
    await recordChanges(trx, actor, worldId, [changeOf('create', created)])
    return created
  })
}

/**
 * Changes the given fields. If others have changed the entry since the version, both changes are merged, unless they
 * changed one of the same fields.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError | BadInputError | TakenError}
 */
export async function updateEntity<Row extends AnyEntity = AnyEntity>(
  db: Database,
  { actor, principal }: Writer,
  definition: EntityDefinition,
  { id, version, merge = true, ...change }: UpdateInput,
): Promise<Row> {
  return await inTransaction(db, async (trx) => {
    if (isNesting(definition, change)) await lockNesting(trx, principal, definition, id)
    const before = await lockForChange(trx, principal, definition, id, merge ? {} : { version })
    const { values, calendar } = await readDates(trx, before.worldId, dateFields(definition), change)
    const input = await mergeChange(trx, { id, version }, values, before)
    if (!input) return await refuseChanged(trx, principal, definition, id)
    const { name, displayName, description, body, coverId, spoilers } = input
    // Whoever writes something about it has filled it in.
    const isPlaceholder = input.isPlaceholder ?? (description || body ? false : undefined)
    await holdAllReferences(trx, definition, before.worldId, { ...input, id })
    const shared = await naming(definition, () =>
      trx
        .updateTable('entities')
        .set({
          ...(name !== undefined && { name }),
          ...(description !== undefined && { description }),
          ...(body !== undefined && { body }),
          ...(isPlaceholder !== undefined && { isPlaceholder }),
          ...(coverId !== undefined && { coverId }),
          ...(spoilers !== undefined && { spoilers: JSON.stringify(spoilers) }),
          displayName: displayName || displayNameAfter('entities', name, displayName === ''),
        })
        .where('id', '=', id)
        .returning(sharedEntityColumns)
        .executeTakeFirstOrThrow(),
    )
    const columns = ownValues(definition, input)
    const own =
      Object.keys(columns).length > 0 &&
      (await trx
        .updateTable(tableOf(definition))
        .set(columns)
        .where('id', '=', id)
        .returning(ownEntityColumns(definition))
        .executeTakeFirstOrThrow())
    const { deletedAt: _, ...unchanged } = before
    const updated = { ...unchanged, ...shared, ...own } as unknown as Row // the definition's columns
    await keepDerived(trx, definition, updated, input, calendar, { isNew: false })
    await recordChanges(trx, actor, before.worldId, [changeOf('update', updated, previousOf(before, updated))])
    return updated
  })
}

/** Writes what follows from an entry's texts and dates, where these were given. */
async function keepDerived(
  trx: Database,
  definition: EntityDefinition,
  entity: AnyEntity,
  given: SharedInput,
  calendar: Calendar | undefined,
  { isNew }: { readonly isNew: boolean },
): Promise<void> {
  const { worldId, id, kind } = entity
  const texts = Object.fromEntries(mentioningFields(definition).map((field) => [field, given[field]]))
  await keepMentions(trx, { worldId, entry: { id, kind } }, texts, { isNew })
  if (calendar) await writeDates(trx, worldId, { entity: { id, kind } }, calendar, dateFields(definition), entity)
}

/** Marks an entry as changed when the change is in another table. @returns its version from then on */
export async function touchEntity(trx: Database, id: string): Promise<number> {
  const { version } = await trx
    .updateTable('entities')
    .set(({ ref }) => ({ version: ref('version') })) // the trigger raises it
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Marks an entry as changed by its links, and logs what they were. */
export async function recordLinkChange(
  trx: Database,
  actor: Actor,
  before: LockedEntity,
  action: 'link' | 'unlink' | 'move',
  previous: Partial<Record<LinkList, readonly string[]>>,
): Promise<void> {
  const version = await touchEntity(trx, before.id)
  await recordChanges(trx, actor, before.worldId, [changeOf(action, { ...before, version }, previous)])
}

/**
 * Moves an entry among its siblings, or to another parent.
 *
 * @param parentId the new parent; the present one if omitted
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 */
export async function moveEntity<Row extends AnyEntity = AnyEntity>(
  db: Database,
  { actor, principal }: Writer,
  definition: EntityDefinition,
  { id, parentId, afterId }: { id: string; parentId: string | undefined; afterId: string | null | undefined },
): Promise<Row> {
  const { parent } = definition
  if (!parent) throw new TypeError(`a ${definition.kind} lies in nothing`)
  if (afterId === id) throw new BadInputError({ afterId: ['Cannot come after itself'] })
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, definition, id)
    const table = tableOf(definition)
    const target = parentId ?? (before[parent.field] as string) // ordered entries have one
    await holdReferences(trx, before.worldId, [{ field: parent.field, kind: parent.kind, ids: [target] }], 'order')
    const position = await positionAfter(trx, orderOf(definition), target, afterId)
    const moved: UpdateObject<Record<string, Record<string, string>>, string> = { [parent.field]: target, position }
    await trx.updateTable(table).set(moved).where('id', '=', id).execute()
    await touchEntity(trx, id)
    const placed = await findEntity<Row>(trx, principal, definition, id)
    await recordChanges(trx, actor, before.worldId, [changeOf('move', placed, previousOf(before, placed))])
    return placed
  })
}

function orderOf({ plural, parent, wording }: EntityDefinition): OrderedTable {
  return { table: plural, within: parent?.field ?? '', item: 'id', noun: wording.one }
}

/** The given values of a kind's own fields, including the parent if it is set like a field. */
function ownValues({ fields, parent }: EntityDefinition, input: SharedInput): Record<string, never> {
  const names = [...Object.keys(fields), ...(parent ? [parent.field] : [])]
  const given = names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]])
  return Object.fromEntries(given) as Record<string, never> // columns of the kind's table, whichever it is
}

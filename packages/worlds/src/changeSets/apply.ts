import type { Database } from '@worldloom/db'
import {
  BadInputError,
  badInput,
  type EntityDefinition,
  type EntityKind,
  entities,
  type ProposedChangeInput,
} from '@worldloom/schema'
import type { z } from 'zod'
import { deleteEntity } from '../entities/trash.ts'
import { createEntity, updateEntity } from '../entities/write.ts'
import { createLink } from '../records/links.ts'
import { dateFields } from '../time/dates.ts'
import type { Writer } from '../writer.ts'

type Values = Readonly<Record<string, unknown>>

/** An entry that is to be changed, as it is. */
export interface Target {
  readonly id: string
  readonly kind: EntityKind
  readonly version: number
}

/**
 * Locks the entries of a world that are to be changed or deleted, always in the same order.
 *
 * @returns those that are there and not in the trash, by id
 */
export async function lockTargets(
  trx: Database,
  worldId: string,
  changes: readonly ProposedChangeInput[],
): Promise<Map<string, Target>> {
  const ids = targetIds(changes)
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('entities')
    .select(['id', 'kind', 'version'])
    .where('id', 'in', ids)
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The entries that a change set changes or deletes. */
export function targetIds(changes: readonly ProposedChangeInput[]): string[] {
  const ids = changes.flatMap((change) => (change.action === 'update' || change.action === 'delete' ? [change.id] : []))
  return [...new Set(ids)].sort()
}

/**
 * Makes the changes of a set in their order, through the functions that every change goes through.
 *
 * @param targets as {@link lockTargets} found them
 * @param meantFor the versions that the changes are meant for: those that they name, or those of the targets
 * @returns the changes, with dates as they are stored
 * @throws {BadInputError} naming the change and its field, and as the functions that make the changes
 */
export async function applyChanges(
  trx: Database,
  writer: Writer,
  worldId: string,
  changes: readonly ProposedChangeInput[],
  targets: ReadonlyMap<string, Target>,
  meantFor: 'named' | 'current',
): Promise<ProposedChangeInput[]> {
  const current = new Map(meantFor === 'current' ? [...targets].map(([id, { version }]) => [id, version]) : [])
  const created = new Map<string, string>()
  const done: ProposedChangeInput[] = []
  for (const [index, change] of changes.entries()) {
    done.push(
      await atChange(index, change, () => applyChange(trx, writer, { worldId, targets, current, created }, change)),
    )
  }
  return done
}

interface Applying {
  readonly worldId: string
  readonly targets: ReadonlyMap<string, Target>
  /** By id, kept up to date. */
  readonly current: Map<string, number>
  /** By local name: the ids of what was created. */
  readonly created: Map<string, string>
}

async function applyChange(
  trx: Database,
  writer: Writer,
  { worldId, targets, current, created }: Applying,
  change: ProposedChangeInput,
): Promise<ProposedChangeInput> {
  if (change.action === 'link') {
    const { action: _, ...link } = change
    const ends = { fromId: idOf(created, 'fromId', link.fromId), toId: idOf(created, 'toId', link.toId) }
    await createLink(trx, writer, { ...link, ...ends, worldId })
    return change
  }
  if (change.action === 'create') {
    const definition: EntityDefinition = entities[change.kind]
    if (change.as && created.has(change.as)) throw new BadInputError({ as: ['Is the name of another one already'] })
    const input = parse(definition.createInput, { ...referring(definition, change.fields, created), worldId })
    const entity = await createEntity(trx, writer, definition, input as Parameters<typeof createEntity>[3]) // as the schema says
    if (change.as) created.set(change.as, entity.id)
    return { ...change, fields: withStoredDates(definition, change.fields, entity) }
  }
  const target = targets.get(change.id)
  if (!target) throw new BadInputError({ id: ['There is no such entry in this world'] })
  const definition: EntityDefinition = entities[target.kind]
  const version = current.get(change.id) ?? change.version
  if (change.action === 'delete') {
    await deleteEntity(trx, writer, definition, { id: change.id, version })
    return change
  }
  if (Object.keys(change.fields).length === 0)
    throw new BadInputError({ fields: ['Give at least one field to change'] })
  const input = parse(definition.updateInput, {
    ...referring(definition, change.fields, created),
    ...{ id: change.id, version },
    // What is confirmed is a change of what was compared.
    merge: false,
  })
  const entity = await updateEntity(trx, writer, definition, input as Parameters<typeof updateEntity>[3]) // as the schema says
  current.set(change.id, entity.version)
  return { ...change, fields: withStoredDates(definition, change.fields, entity) }
}

/** The fields of a kind that refer to other entries. */
export function referringFields({ fields, parent }: EntityDefinition): string[] {
  const own = Object.entries(fields).flatMap(([name, { control }]) => (control.as === 'reference' ? [name] : []))
  return [...own, ...(parent ? [parent.field] : []), 'coverId', 'afterId']
}

/** With the ids of what was created in place of its local names. */
function referring(definition: EntityDefinition, fields: Values, created: ReadonlyMap<string, string>): Values {
  const names = referringFields(definition)
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? idOf(created, name, value) : value,
    ]),
  )
}

function idOf(created: ReadonlyMap<string, string>, field: string, given: string): string {
  if (!given.startsWith('$')) return given
  const id = created.get(given)
  if (!id) throw new BadInputError({ [field]: [`Nothing that is created before has the name ${given}`] })
  return id
}

function withStoredDates(definition: EntityDefinition, fields: Values, entity: object): Record<string, unknown> {
  const stored = new Map<string, unknown>(Object.entries(entity))
  const dates = dateFields(definition).map(({ field }) => field)
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, dates.includes(name) ? stored.get(name) : value]),
  )
}

function parse(schema: z.ZodType, input: Values): unknown {
  const { data, error } = schema.safeParse(input)
  if (error) throw badInput(error)
  return data
}

/** Says in which change a fault is. */
async function atChange<Result>(
  index: number,
  { action }: ProposedChangeInput,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof BadInputError) || error.reason.kind !== 'badInput') throw error
    const ofChange = ['id', 'as', 'fields']
    const isOfChange = (field: string) => action === 'link' || ofChange.includes(field)
    throw new BadInputError(
      Object.fromEntries(
        Object.entries(error.reason.fields).map(([field, faults]) => [
          `changes.${index}.${isOfChange(field) ? field : `fields.${field}`}`,
          faults,
        ]),
      ),
    )
  }
}

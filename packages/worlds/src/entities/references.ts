import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { BadInputError, type EntityDefinition, type Spoilers } from '@worldloom/schema'
import { sql } from 'kysely'
import { holdReferences, type Reference } from './lock.ts'
import { findEntity } from './read.ts'
import { referenceFields } from './select.ts'

export async function holdAllReferences(
  trx: Database,
  definition: EntityDefinition,
  worldId: string,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { parent, ordered } = definition
  const given = (field: string) => (typeof input[field] === 'string' ? [input[field]] : [])
  if (parent && given(parent.field).length > 0) {
    const up: Reference = { field: parent.field, kind: parent.kind, ids: given(parent.field) }
    if (isNesting(definition, input)) await refuseCycle(trx, definition, input)
    await holdReferences(trx, worldId, [up], ordered ? 'order' : 'share')
  }
  const references: Reference[] = referenceFields(definition).map(({ field, kind }) => ({
    field,
    kind,
    ids: given(field),
  }))
  references.push({ field: 'coverId', kind: 'image', ids: given('coverId') })
  // As the definition's schema says: scenes by field.
  const spoilers = Object.values((input.spoilers ?? {}) as Spoilers)
  if (spoilers.length > 0) references.push({ field: 'spoilers', kind: 'scene', ids: spoilers })
  await holdReferences(trx, worldId, references)
}

/** Whether an entry that can be nested in its own kind is put into another parent. */
export function isNesting({ kind, parent }: EntityDefinition, input: Readonly<Record<string, unknown>>): boolean {
  return parent?.kind === kind && typeof input[parent.field] === 'string'
}

/**
 * Two concurrent moves could each make half of a cycle, so they wait for each other. Taken before any row lock, to
 * avoid deadlocks.
 */
export async function lockNesting(
  trx: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<void> {
  const { worldId } = await findEntity(trx, principal, definition, id)
  const name = `nesting:${definition.kind}:${worldId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
}

/** @throws {BadInputError} if an entry would contain itself */
async function refuseCycle(
  trx: Database,
  { parent, wording }: EntityDefinition,
  input: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!parent || typeof input.id !== 'string') return
  const { rows } = await sql<{ id: string }>`
    with recursive above (id) as (
      select ${input[parent.field]}::uuid
      union
      select entity_parents.parent_id from entity_parents join above on entity_parents.id = above.id
    )
    select id from above where id = ${input.id}
  `.execute(trx)
  if (rows.length > 0) throw new BadInputError({ [parent.field]: [`A ${wording.one} cannot be inside itself`] })
}

import type { Database } from '@worldloom/db'
import type { EntityDefinition, EntityKind } from '@worldloom/schema'
import { sql } from 'kysely'
import { mentionsIn } from './parse.ts'

/** The fields of a kind whose texts can mention entries. */
export function mentioningFields({ fields }: Pick<EntityDefinition, 'fields'>): string[] {
  const own = Object.entries(fields).filter(([, { control }]) => control.as === 'paragraph')
  return ['description', 'body', ...own.map(([field]) => field)]
}

/** Whose texts are read. */
export interface Mentioning {
  readonly worldId: string
  /** Null for the world itself. */
  readonly entry: { readonly id: string; readonly kind: EntityKind } | null
}

/**
 * Writes what texts mention, in the transaction that writes the texts. What they name that is not in the world is no mention.
 *
 * @param texts by field; those that are undefined have not changed
 * @param isNew whether there can be no mentions of it yet
 */
export async function keepMentions(
  trx: Database,
  { worldId, entry }: Mentioning,
  texts: Readonly<Record<string, unknown>>,
  { isNew }: { readonly isNew: boolean },
): Promise<void> {
  const given = Object.entries(texts).filter((field): field is [string, string] => typeof field[1] === 'string')
  if (given.length === 0) return
  const rows = given.flatMap(([field, text]) =>
    [...mentionsIn(text)].map(([id, { sentence, count }]) => ({ field, id, sentence, count })),
  )
  if (!isNew) {
    await trx
      .deleteFrom('mentions')
      .where('worldId', '=', worldId)
      .where('fromId', entry ? '=' : 'is', entry?.id ?? null)
      .where(
        'field',
        'in',
        given.map(([field]) => field),
      )
      .execute()
  }
  if (rows.length === 0) return
  await sql`
    insert into mentions (world_id, from_id, from_kind, field, to_id, to_kind, sentence, count)
    select ${worldId}, ${entry?.id ?? null}::uuid, ${entry?.kind ?? null}::entity_kind, given.field, entities.id, entities.kind,
      given.sentence, given.count
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (field text, id uuid, sentence text, count int)
    join entities on entities.id = given.id and entities.world_id = ${worldId}
    where entities.id is distinct from ${entry?.id ?? null}::uuid
    order by entities.id`.execute(trx)
}

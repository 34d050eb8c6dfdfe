import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { ChangeAction, ChangeSubjectKind } from '@worldloom/schema'
import { sql } from 'kysely'
import type { AnyEntity } from '../entities/select.ts'

/** A change to a world, to its members or to one of its entries. */
export interface Change {
  readonly action: ChangeAction
  readonly subject: { readonly kind: ChangeSubjectKind; readonly id: string; readonly name: string }
  /** After the change; null for members. */
  readonly version: number | null
  /** The values that it replaced, by field. */
  readonly previous?: Readonly<Record<string, unknown>>
}

/**
 * Writes changes to a world's log. From then until the end of the transaction no other change to the world can be logged,
 * so this comes last.
 *
 * @param trx the transaction of the changes
 */
export async function recordChanges(
  trx: Database,
  actor: Actor,
  worldId: string,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map(({ action, subject, version, previous = {} }) => ({
    ...{ action, version, previous },
    ...{ subject_kind: subject.kind, subject_id: subject.id, subject_name: subject.name },
  }))
  await sql`
    with head as (
      insert into change_heads (world_id, position) values (${worldId}, ${changes.length})
      on conflict (world_id) do update set position = change_heads.position + excluded.position
      returning position
    )
    insert into changes (
      world_id, position, action, subject_kind, subject_id, subject_name, version, previous,
      actor_kind, actor_id, actor_name, api_key_id, via_chat, request_id
    )
    select ${worldId}, head.position - ${changes.length} + change.number,
      change.action, change.subject_kind, change.subject_id, change.subject_name, change.version, change.previous,
      ${actor.kind}, ${actor.userId ?? null}, ${actor.name ?? null}, ${actor.apiKeyId ?? null},
      ${actor.viaChat ?? false}, ${actor.requestId ?? null}
    from head, rows from (
      jsonb_to_recordset(${JSON.stringify(rows)}) as (
        action change_action, subject_kind text, subject_id uuid, subject_name text, version integer, previous jsonb
      )
    ) with ordinality as change (action, subject_kind, subject_id, subject_name, version, previous, number)`.execute(
    trx,
  )
}

/** What was done to an entry, which is given as it is after the change. */
export function changeOf(
  action: ChangeAction,
  { id, kind, displayName, version }: Pick<AnyEntity, 'id' | 'kind' | 'displayName' | 'version'>,
  previous?: Readonly<Record<string, unknown>>,
): Change {
  return { action, subject: { kind, id, name: displayName }, version, ...(previous && { previous }) }
}

/**
 * A change of what an entry is linked with, by a list of ids.
 *
 * @param field the list's name in `previous`
 */
export function linksChanged(
  entity: Parameters<typeof changeOf>[1],
  field: string,
  previous: readonly string[],
  ids: readonly string[],
): Change {
  const isAdding = ids.some((id) => !previous.includes(id))
  return changeOf(isAdding ? 'link' : 'unlink', entity, { [field]: previous })
}

/** Fields that every change sets. */
const always = new Set(['version', 'updatedAt'])

/** The values that a change replaced: those of the fields that differ. */
export function previousOf(before: object, after: object): Record<string, unknown> {
  const now = new Map<string, unknown>(Object.entries(after))
  return Object.fromEntries(
    Object.entries(before).filter(
      ([field, value]) => !always.has(field) && now.has(field) && !isDeepStrictEqual(value, now.get(field)),
    ),
  )
}

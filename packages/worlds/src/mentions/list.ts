import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, isAfter, textKey, timeKey, toPage } from '@worldloom/db'
import {
  type EntityKind,
  type MentionItem,
  type mentionListInput,
  NotFoundError,
  type PlaceholderItem,
  type placeholderListInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findWorldOf } from '../records/connections.ts'
import { findSceneView } from '../time/sceneView.ts'
import { findWorldById } from '../worlds/read.ts'

const nameKey = textKey(sql`found.key`)

/**
 * What mentions an entry, or what its texts or those of a world mention, by name, one page at a time (keyset).
 *
 * @throws {NotFoundError | BadCursorError}
 */
export async function listMentions(
  db: Database,
  principal: KnownPrincipal,
  { id, side, atScene, limit, cursor }: z.output<typeof mentionListInput>,
): Promise<{ items: MentionItem[]; nextCursor: string | null }> {
  const isWorld = side === 'out' && (await isReadableWorld(db, principal, id))
  const worldId = isWorld ? id : await findWorldOf(db, principal, id)
  const view = atScene ? await findSceneView(db, principal, atScene, worldId) : undefined
  if (view?.hides(id)) throw new NotFoundError('entry')
  const list = JSON.stringify(['mentions', id, side, atScene])
  const start = cursor === undefined ? undefined : decodeCursor(list, cursor, nameKey)
  const [own, other] = side === 'in' ? [sql`to_id`, sql`from_id`] : [sql`from_id`, sql`to_id`]
  const { rows } = await sql<Row>`
    select found.*, ${nameKey.text} as "sortKey"
    from (
      select md5(coalesce(mentions.from_id::text, '') || mentions.field || mentions.to_id)::uuid as id, mentions.field,
        mentions.sentence, mentions.count, coalesce(lower(entities.name), '') || ' ' || mentions.field as key, entities.id as "otherId",
        entities.kind as "otherKind", entities.name as "otherName", entities.display_name as "otherDisplayName"
      from mentions left join entities on entities.id = mentions.${other}
      where ${isWorld ? sql`mentions.world_id = ${id} and mentions.from_id is null` : sql`mentions.${own} = ${id}`} and (mentions.${other} is null or entities.deleted_at is null)
        and ${view ? sql`(entities.id is null or ${view.admits()})` : sql`true`}
    ) as found
    where ${start ? isAfter(nameKey, sql`found.id`, 'asc', start) : sql`true`}
    order by ${nameKey.expression}, found.id limit ${limit + 1}::int`.execute(db)
  const page = toPage(list, rows, limit)
  const items = page.items
    // The sentence is of the mentioning entry, which may not be known in that field yet.
    .filter(({ otherId, field }) => !view?.hiddenFields.get((side === 'in' ? otherId : id) ?? '')?.has(field))
    .map(({ field, sentence, count, otherId, otherKind, otherName, otherDisplayName }) => ({
      other:
        otherId && otherKind && otherName !== null && otherDisplayName !== null
          ? {
              id: otherId,
              kind: otherKind,
              name: otherName,
              displayName: view?.hiddenFields.get(otherId)?.has('displayName') ? otherName : otherDisplayName,
            }
          : null,
      field,
      sentence,
      count,
    }))
  return { items, nextCursor: page.nextCursor }
}

async function isReadableWorld(db: Database, principal: KnownPrincipal, id: string): Promise<boolean> {
  try {
    await findWorldById(db, principal, id)
    return true
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}

interface Row {
  readonly id: string
  readonly sortKey: string
  readonly field: string
  readonly sentence: string
  readonly count: number
  readonly otherId: string | null
  readonly otherKind: EntityKind | null
  readonly otherName: string | null
  readonly otherDisplayName: string | null
}

const createdKey = timeKey(sql`entities.created_at`)

/** The entries of a world that are still to be filled in, oldest first. @throws {NotFoundError | BadCursorError} */
export async function listPlaceholders(
  db: Database,
  principal: KnownPrincipal,
  { id: worldId, limit, cursor }: z.output<typeof placeholderListInput>,
): Promise<{ items: PlaceholderItem[]; nextCursor: string | null }> {
  await findWorldById(db, principal, worldId)
  const list = JSON.stringify(['placeholders', worldId])
  let query = db
    // entities_placeholders_idx
    .selectFrom('entities')
    .select(['id', 'kind', 'name', 'displayName', 'createdAt', createdKey.text.as('sortKey')])
    .select((eb) =>
      eb
        .selectFrom('mentions')
        .whereRef('mentions.toId', '=', 'entities.id')
        .select(sql<number>`coalesce(sum(count), 0)::int`.as('mentions'))
        .as('mentions'),
    )
    .where('worldId', '=', worldId)
    .where('isPlaceholder', '=', true)
    .where('deletedAt', 'is', null)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit + 1)
  if (cursor !== undefined) {
    query = query.where(isAfter(createdKey, sql`entities.id`, 'asc', decodeCursor(list, cursor, createdKey)))
  }
  return toPage(list, await query.$narrowType<{ mentions: number }>().execute(), limit)
}

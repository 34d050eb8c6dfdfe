import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, isAfter, textKey, toPage } from '@worldloom/db'
import {
  type Connection,
  type connectionListInput,
  type EntityKind,
  type Link,
  NotFoundError,
  type Structure,
  structures,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { selectReadableOfAnyKind } from '../entities/select.ts'
import { reaches } from '../reach.ts'
import { findSceneView } from '../time/sceneView.ts'

interface Row {
  readonly id: string
  readonly sortKey: string
  readonly isOut: boolean
  readonly structure: Structure | null
  readonly name: string | null
  readonly inverseName: string | null
  readonly isSymmetric: boolean | null
  readonly otherId: string
  readonly otherKind: EntityKind
  readonly otherName: string
  readonly otherDisplayName: string
  readonly otherDescription: string
  readonly link: Link | null
}

const nameKey = textKey(sql`connections.key`)

/** The world of an entry that the caller may see. @throws {NotFoundError} */
export async function findWorldOf(db: Database, principal: KnownPrincipal, id: string): Promise<string> {
  const found = await selectReadableOfAnyKind(db, principal.user.id)
    .where('entities.id', '=', id)
    .select('entities.worldId')
    .executeTakeFirst()
  if (!found || !reaches(principal, found.worldId)) throw new NotFoundError('entry')
  return found.worldId
}

/**
 * What an entry is connected with, by name: its links, and what the model itself has, as its cast or its place; one page at a
 * time (keyset).
 *
 * @throws {NotFoundError | BadCursorError}
 */
export async function listConnections(
  db: Database,
  principal: KnownPrincipal,
  { id, linkKindId, atScene, limit, cursor }: z.output<typeof connectionListInput>,
): Promise<{ items: Connection[]; nextCursor: string | null }> {
  const worldId = await findWorldOf(db, principal, id)
  const view = atScene ? await findSceneView(db, principal, atScene, worldId) : undefined
  if (view?.hides(id)) throw new NotFoundError('entry')
  const list = JSON.stringify(['connections', id, linkKindId, atScene])
  const start = cursor === undefined ? undefined : decodeCursor(list, cursor, nameKey)
  // links_from_id_idx, links_to_id_idx, and the indexes of what the model has.
  const { rows } = await sql<Row>`
    with edges as (
      select from_id, to_id, true as is_out, link_id, structure, to_id as other_id from entity_edges
      where from_id = ${id} and source <> 'mention'
      union all
      select from_id, to_id, false, link_id, structure, from_id from entity_edges where to_id = ${id} and source <> 'mention'
    ), connections as (
      select md5(edges.from_id::text || edges.to_id || coalesce(edges.link_id::text, edges.structure))::uuid as id,
        lower(entities.name) as key, edges.is_out, edges.structure, link_kinds.name, link_kinds.inverse_name,
        link_kinds.is_symmetric, entities.id as other_id, entities.kind as other_kind, entities.name as other_name,
        entities.display_name as other_display_name, entities.description as other_description, links.id as link_id
      from edges join entities on entities.id = edges.other_id
        left join links on links.id = edges.link_id left join link_kinds on link_kinds.id = links.link_kind_id
      where entities.deleted_at is null and ${linkKindId ? sql`links.link_kind_id = ${linkKindId}` : sql`true`}
        and ${view ? view.admits() : sql`true`}
    )
    select connections.id, ${nameKey.text} as "sortKey", is_out as "isOut", structure, name, inverse_name as "inverseName",
      is_symmetric as "isSymmetric", other_id as "otherId", other_kind as "otherKind", other_name as "otherName",
      other_display_name as "otherDisplayName", other_description as "otherDescription",
      (select to_jsonb(link) from (
        select id, world_id as "worldId", link_kind_id as "linkKindId", from_id as "fromId", from_kind as "fromKind", to_id as "toId",
          to_kind as "toKind", note, began_on as "beganOn", ended_on as "endedOn", version, created_at as "createdAt",
          updated_at as "updatedAt"
        from links where links.id = connections.link_id
      ) as link) as link
    from connections
    where ${start ? isAfter(nameKey, sql`connections.id`, 'asc', start) : sql`true`}
    order by ${nameKey.expression}, connections.id limit ${limit + 1}::int`.execute(db)
  const page = toPage(list, rows, limit)
  const items = page.items
    .map(toConnection)
    .filter(({ link }) => !view || !link || view.holds(link.beganOn, link.endedOn))
    .map((item) => ({
      ...item,
      other: {
        ...item.other,
        displayName:
          view?.visible(item.other.id, 'displayName', item.other.displayName) ||
          (view ? item.other.name : item.other.displayName),
        description: view?.visible(item.other.id, 'description', item.other.description) ?? item.other.description,
      },
    }))
  return { items, nextCursor: page.nextCursor }
}

function toConnection(row: Omit<Row, 'sortKey'>): Connection {
  const { isOut, structure, name, inverseName, isSymmetric, link } = row
  const [out, back] = structure ? structures[structure] : [name ?? '', inverseName ?? '']
  return {
    label: isOut ? out : back,
    direction: isSymmetric ? 'both' : isOut ? 'out' : 'in',
    other: {
      id: row.otherId,
      kind: row.otherKind,
      name: row.otherName,
      displayName: row.otherDisplayName,
      description: row.otherDescription,
    },
    link: link && { ...link, createdAt: new Date(link.createdAt), updatedAt: new Date(link.updatedAt) },
    structure,
  }
}

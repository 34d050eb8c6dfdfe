import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { type EntityBrief, location, type locationChildrenInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findEntity, listEntities } from './read.ts'
import type { EntitySummary } from './select.ts'

/** The locations inside a location, by name. @throws {NotFoundError | BadCursorError} */
export async function listChildren(
  db: Database,
  principal: KnownPrincipal,
  { id, ...page }: z.output<typeof locationChildrenInput>,
) {
  const { worldId } = await findEntity(db, principal, location, id)
  return await listEntities<EntitySummary<typeof location>>(db, principal, location, {
    worldId,
    parentId: id,
    sort: 'name',
    ...page,
  })
}

/** The locations that contain a location, outermost first. @throws {NotFoundError} */
export async function listAncestors(db: Database, principal: KnownPrincipal, id: string) {
  await findEntity(db, principal, location, id)
  const { rows: items } = await sql<EntityBrief>`
    with recursive above (id, depth) as (
      select parent_id, 1 from locations where id = ${id}
      union all
      select locations.parent_id, above.depth + 1 from locations join above on locations.id = above.id
    )
    select entities.id, entities.name, entities.display_name, entities.description
    from above join entities on entities.id = above.id
    where entities.deleted_at is null
    order by above.depth desc
  `.execute(db)
  return { items }
}

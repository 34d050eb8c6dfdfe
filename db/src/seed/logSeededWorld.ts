import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Writes one row of the change log for everything in a seeded world. */
export async function logSeededWorld(trx: Database, worldId: string): Promise<void> {
  await sql`
    with head as (insert into change_heads (world_id, position) values (${worldId}, 1))
    insert into changes (world_id, position, action, subject_kind, subject_id, subject_name, version, actor_kind, actor_name)
    select id, 1, 'import', 'world', id, display_name, version, 'operator', 'Operator' from worlds where id = ${worldId}`.execute(
    trx,
  )
}

import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { PersonHere, presenceLeaveInput, presenceReportInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { requireMember } from '../changes/history.ts'

/** Says that who has a world open has changed. The payload is the world's id. */
export const presenceChannel = 'world_presence'

/** For how many seconds somebody who reported is there; they report more often. */
const presentSeconds = 45

/**
 * Says that the caller has a world open, and what in it. To be repeated at least every 30 s.
 *
 * @throws {NotFoundError} for anybody but members of the world
 */
export async function reportPresence(
  db: Database,
  principal: KnownPrincipal,
  { worldId, clientId, subjectId, field }: z.output<typeof presenceReportInput>,
): Promise<{ items: PersonHere[] }> {
  await requireMember(db, principal, worldId)
  // Others are told only if something changed.
  await sql`
    with before as (
      select world_id, subject_id, field, seen_at from presences where client_id = ${clientId} for update
    ), reported as (
      insert into presences (client_id, world_id, user_id, subject_id, field)
      values (${clientId}, ${worldId}, ${principal.user.id}, ${subjectId}, ${field})
      on conflict (client_id) do update set
        world_id = excluded.world_id, subject_id = excluded.subject_id, field = excluded.field,
        seen_at = excluded.seen_at
      -- An id that somebody else uses is left to them.
      where presences.user_id = excluded.user_id
      returning world_id, subject_id, field
    )
    select pg_notify(${presenceChannel}, world_id::text)
    from (
      select reported.world_id from reported left join before on true
      where before.seen_at is null
        or before.seen_at < now() - make_interval(secs => ${presentSeconds})
        or (before.world_id, before.subject_id, before.field)
          is distinct from (reported.world_id, reported.subject_id, reported.field)
      union
      select before.world_id from before join reported on before.world_id <> reported.world_id
    ) as changed`.execute(db)
  return { items: await readPeople(db, worldId) }
}

/** Says that the caller does not have the world open any more. */
export async function leavePresence(
  db: Database,
  principal: KnownPrincipal,
  { worldId, clientId }: z.output<typeof presenceLeaveInput>,
): Promise<{ id: string }> {
  await sql`
    with gone as (
      delete from presences
      where client_id = ${clientId} and user_id = ${principal.user.id} and world_id = ${worldId}
      returning world_id
    )
    select pg_notify(${presenceChannel}, world_id::text) from gone`.execute(db)
  return { id: clientId }
}

/** Who has a world open. @throws {NotFoundError} for anybody but members of the world */
export async function listPresence(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: PersonHere[] }> {
  await requireMember(db, principal, worldId)
  return { items: await readPeople(db, worldId) }
}

/** Those of its members who have a world open, those who came first first. */
export async function readPeople(db: Database, worldId: string): Promise<PersonHere[]> {
  return await db
    .selectFrom('presences')
    .innerJoin('users', 'users.id', 'presences.userId')
    .innerJoin('worldMembers', (join) =>
      join
        .onRef('worldMembers.worldId', '=', 'presences.worldId')
        .onRef('worldMembers.userId', '=', 'presences.userId'),
    )
    .where('presences.worldId', '=', worldId)
    .where('presences.seenAt', '>', sql<Date>`now() - make_interval(secs => ${presentSeconds})`)
    .select(['presences.userId', 'users.displayName', 'presences.clientId', 'presences.subjectId', 'presences.field'])
    .orderBy('presences.clientId')
    .limit(100)
    .execute()
}

/** Deletes what is out of date, only to save space. */
export async function deleteOldPresences(db: Database): Promise<void> {
  await db.deleteFrom('presences').where('seenAt', '<', sql<Date>`now() - make_interval(mins => 5)`).execute()
}

import { hashSecretToken, isSecretToken } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { type Calendar, NotFoundError } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'

/** Who reads: somebody who is signed in, a browser that has opened share links, or anybody. */
export interface Reader {
  readonly userId?: string | undefined
  /** The secret that a browser got with its first share link. */
  readonly visitor?: string | undefined
  /** Whether those without an account may read unlisted and public worlds. */
  readonly guestsMayRead: boolean
}

/** A world that somebody may read, or that part of it which a share link shows. */
export interface Reading {
  readonly world: {
    readonly id: string
    readonly displayName: string
    readonly description: string
    readonly body: string
    readonly language: string
    readonly calendar: Calendar | null
    readonly version: number
    readonly updatedAt: Date
  }
  /** Whether everybody may read all of it and find it by search. */
  readonly isPublic: boolean
  /** Whether the reader is one of its members, who can work on it in the studio. */
  readonly isMember: boolean
  /** The entries that may be read: those that were shared, and what is in them. Undefined for all. */
  readonly only?: ReadonlySet<string>
  /** The entries that were shared, where only those may be read. */
  readonly shared: readonly string[]
}

/**
 * What somebody may read of a world: all of it as a member, if it is not private, or with a link that shows all of it;
 * with links to entries, these and what is in them.
 *
 * @throws {NotFoundError} also for a world of which they may read nothing
 */
export async function openReading(db: Database, reader: Reader, worldId: string): Promise<Reading> {
  const visitorHash = reader.visitor && isSecretToken(reader.visitor) ? hashSecretToken(reader.visitor) : undefined
  const row = await db
    .selectFrom('worlds')
    .where('worlds.id', '=', worldId)
    .where('worlds.deletedAt', 'is', null)
    .select([
      'worlds.id',
      'worlds.displayName',
      'worlds.description',
      'worlds.body',
      'worlds.language',
      'worlds.version',
      'worlds.updatedAt',
      'worlds.visibility',
      // As updateWorld has checked it.
      sql<Calendar | null>`worlds.calendar`.as('calendar'),
    ])
    .select((eb) => [
      eb
        .exists(
          eb
            .selectFrom('worldMembers')
            .whereRef('worldMembers.worldId', '=', 'worlds.id')
            .where('worldMembers.userId', '=', reader.userId ?? null)
            .select('worldMembers.userId'),
        )
        .$castTo<boolean>()
        .as('isMember'),
      // share_visits_visitor_hash_share_link_id_key
      sql<readonly (string | null)[]>`array(
        select share_links.entity_id
        from share_visits join share_links on share_links.id = share_visits.share_link_id
        where share_visits.visitor_hash = ${visitorHash ?? null} and share_links.world_id = worlds.id
          and ${holds}
      )`.as('shared'),
    ])
    .executeTakeFirst()
  if (!row) throw new NotFoundError('world')
  const { visibility, isMember, shared, ...world } = row
  const mayGuestsRead = visibility !== 'private' && reader.guestsMayRead
  const isOpen = visibility !== 'private' && (reader.guestsMayRead || reader.userId !== undefined)
  const base = { world, isPublic: visibility === 'public' && mayGuestsRead, isMember }
  if (isMember || isOpen || shared.includes(null)) return { ...base, shared: [] }
  const roots = shared.filter((id) => id !== null)
  if (roots.length === 0) throw new NotFoundError('world')
  return { ...base, shared: roots, only: await findWithin(db, worldId, roots) }
}

/** Of `share_links`: whether it is neither revoked nor expired. */
export const holds = sql<boolean>`share_links.revoked_at is null and coalesce(share_links.expires_at > now(), true)`

/** Entries with what is in them: the acts and scenes of stories, the stories of books, the places in places. */
async function findWithin(db: Database, worldId: string, roots: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    with recursive contents as (
      select id, parent_id from entity_parents
      union all
      select story_id, book_id from book_stories
    ), within as (
      select id from entities where id = any(${[...roots]}::uuid[])
      union
      select contents.id from within join contents on contents.parent_id = within.id
    )
    select entities.id from within join entities on entities.id = within.id
    where entities.world_id = ${worldId} and entities.deleted_at is null`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Of `entities`: what may be read. */
export function isReadableIn({ world, only }: Reading): RawBuilder<boolean> {
  return sql<boolean>`entities.world_id = ${world.id} and entities.deleted_at is null
    and ${only ? sql`entities.id = any(${[...only]}::uuid[])` : sql`true`}`
}

/** The worlds that everybody may read and find, those that were changed last first. */
export async function listPublicWorlds(db: Database, limit: number) {
  return await db
    .selectFrom('worlds')
    // worlds_public_idx
    .where('visibility', '=', sql.lit('public'))
    .where('deletedAt', 'is', null)
    .orderBy('updatedAt', 'desc')
    .limit(limit)
    .select(['id', 'displayName', 'description', 'language', 'updatedAt'])
    .execute()
}

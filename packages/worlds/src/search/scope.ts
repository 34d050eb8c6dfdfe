import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { type EntityKind, entityKinds } from '@worldloom/schema'
import { sql } from 'kysely'
import { limitOf, requireReach } from '../reach.ts'
import { findWorldById } from '../worlds/read.ts'
import { configurationOf, nameConfiguration } from './terms.ts'

/** Where is searched. */
export interface SearchScope {
  /**
   * The ids of the worlds, those that were changed last first, as PostgreSQL sends and takes `uuid[]`: text, or for many a buffer, as
   * it reads a thousand of them five times as fast.
   */
  readonly worlds: string | Buffer
  readonly worldCount: number
  readonly kinds: readonly EntityKind[]
  /** The text search configurations of the worlds' languages. */
  readonly configurations: readonly string[]
}

/** Further worlds are not searched: nobody is a member of so many. */
const maxWorlds = 5000

interface ScopeInput {
  readonly worldId?: string | undefined
  readonly kinds?: readonly EntityKind[] | undefined
}

/**
 * One world, or all that the caller is a member of and public ones. Unlisted worlds are only for those who have their link.
 *
 * @throws {NotFoundError} for a world that the caller may not see
 */
export async function findSearchScope(
  db: Database,
  principal: KnownPrincipal,
  { worldId, kinds = entityKinds }: ScopeInput,
): Promise<SearchScope> {
  const { languages, ...worlds } = worldId ? await findOne(db, principal, worldId) : await findAll(db, principal)
  return { ...worlds, kinds: kinds.length > 0 ? kinds : entityKinds, configurations: languages.map(configurationOf) }
}

/** The same for names, which are searched for as they are written. @throws {NotFoundError} for a world that the caller may not see */
export async function findNameScope(
  db: Database,
  principal: KnownPrincipal,
  { worldId, kinds = entityKinds }: ScopeInput,
): Promise<SearchScope> {
  const { worlds, worldCount } = worldId
    ? await findOne(db, principal, worldId)
    : await withReadable(db, principal).select([readableIds, readableCount]).executeTakeFirstOrThrow()
  return {
    ...{ worlds, worldCount },
    kinds: kinds.length > 0 ? kinds : entityKinds,
    configurations: [nameConfiguration],
  }
}

async function findOne(db: Database, principal: KnownPrincipal, worldId: string) {
  requireReach(principal, worldId)
  const { id, language } = await findWorldById(db, principal, worldId)
  return { ...onlyWorld(id), languages: [language] }
}

export function onlyWorld(worldId: string): Pick<SearchScope, 'worlds' | 'worldCount'> {
  return { worlds: `{${worldId}}`, worldCount: 1 }
}

/** The ids of all worlds that the caller may search, as one row of `readable`. */
function withReadable(db: Database, principal: KnownPrincipal) {
  const userId = principal.user.id
  // world_members_updated_at_idx
  const ofMember = db
    .selectFrom('worldMembers')
    .where('userId', '=', userId)
    .where('worldDeletedAt', 'is', null)
    .select(['worldId as id', 'worldUpdatedAt as updatedAt'])
  // worlds_public_idx
  const ofEverybody = db
    .selectFrom('worlds')
    .where('visibility', '=', sql.lit('public'))
    .where('deletedAt', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('worldMembers').whereRef('worldMembers.worldId', '=', 'worlds.id').where('userId', '=', userId),
        ),
      ),
    )
    .select(['id', 'updatedAt'])
  let readable = db
    .selectFrom(ofMember.unionAll(ofEverybody).as('world'))
    .select('id')
    // Where there is more than enough, it is taken from these first.
    .orderBy('updatedAt', 'desc')
    .orderBy('id')
    .limit(maxWorlds)
  const limited = limitOf(principal)
  if (limited) readable = readable.where('id', '=', sql<string>`any(${[...limited]}::uuid[])`)
  return db
    .with(
      (cte) => cte('readable').materialized(),
      (cte) => cte.selectNoFrom(sql<string[]>`array(${readable})`.as('ids')),
    )
    .selectFrom('readable')
}

const readableIds = sql<Buffer>`array_send(ids)`.as('worlds')
const readableCount = sql<number>`cardinality(ids)`.as('worldCount')

async function findAll(db: Database, principal: KnownPrincipal) {
  return await withReadable(db, principal)
    .select([
      readableIds,
      readableCount,
      sql<string[]>`array(select language from worlds where id in (select unnest(ids)) group by language)`.as(
        'languages',
      ),
    ])
    .executeTakeFirstOrThrow()
}

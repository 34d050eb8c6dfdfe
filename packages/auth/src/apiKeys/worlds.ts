import type { Database, DB } from '@worldloom/db'
import { BadInputError } from '@worldloom/schema'
import { type ExpressionBuilder, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { PrincipalUser } from '../principal.ts'

interface Maker {
  readonly user: Pick<PrincipalUser, 'id'>
  readonly worldIds?: ReadonlySet<string> | undefined
}

/**
 * The worlds that a key is limited to: ones its owner is a member of and can reach.
 *
 * @throws {BadInputError}
 */
export async function limitToWorlds(db: Database, maker: Maker, asked: readonly string[]): Promise<string[]> {
  const worldIds = [...new Set(asked)].filter((id) => !maker.worldIds || maker.worldIds.has(id))
  const found = await db
    .selectFrom('worldMembers')
    .select('worldId')
    .where('userId', '=', maker.user.id)
    .where('worldId', '=', sql<string>`any(${worldIds}::uuid[])`)
    .execute()
  if (found.length < new Set(asked).size) {
    throw new BadInputError({ worldIds: ['You are not a member of all of these worlds'] })
  }
  return worldIds
}

/** The worlds that an API key is limited to, by name. */
export function selectReachedWorlds(eb: ExpressionBuilder<DB, 'apiKeys'>) {
  return jsonArrayFrom(
    eb
      .selectFrom('apiKeyWorlds')
      .innerJoin('worlds', 'worlds.id', 'apiKeyWorlds.worldId')
      .whereRef('apiKeyWorlds.apiKeyId', '=', 'apiKeys.id')
      .select(['worlds.id', 'worlds.displayName'])
      .orderBy('worlds.displayName'),
  ).as('keyWorlds')
}

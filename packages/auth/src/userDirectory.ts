import { containing, type Database, decodeCursor, isAfter, textKey, timeKey, toPage } from '@worldloom/db'
import { NotFoundError, type userAnswer, type userListInput } from '@worldloom/schema'
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import { holdsSecondFactor, names, userRoleNames } from './grants.ts'

/** @throws {NotFoundError} */
export async function findUserById(db: Database, id: string): Promise<z.output<typeof userAnswer>> {
  const user = await selectUsers(db)
    .select((eb) => [
      'users.version',
      jsonArrayFrom(
        eb
          .selectFrom('oauthAccounts')
          .whereRef('oauthAccounts.userId', '=', 'users.id')
          .select(['provider', 'email'])
          .orderBy('createdAt'),
      ).as('accounts'),
    ])
    .where('users.id', '=', id)
    .executeTakeFirstOrThrow(() => new NotFoundError('user'))
  return { ...user, roles: names(user.roles) }
}

const sortKeys = {
  createdAt: timeKey(sql`users.created_at`),
  displayName: textKey(sql`lower(users.display_name)`),
  email: textKey(sql`lower(coalesce(users.email, ''))`),
}

/** All users, a page at a time. @throws {BadCursorError} */
export async function listUsers(db: Database, input: z.output<typeof userListInput>) {
  const { sort, order, search, role, isActive, limit } = input
  const list = ['users', sort, order, search ?? '', role ?? '', isActive ?? ''].join(':')
  const sortKey = sortKeys[sort]
  let query = selectUsers(db)
    .select(sortKey.text.as('sortKey'))
    .orderBy(sortKey.expression, order)
    .orderBy('users.id', order)
    .limit(limit + 1)
  if (search) query = query.where(containing(search, ['users.display_name', 'users.email']))
  if (isActive !== undefined) query = query.where('users.isActive', '=', isActive)
  if (role) {
    const holders = await findFewHolders(db, role)
    query = query.where((eb) =>
      holders
        ? eb('users.id', '=', sql<string>`any(${holders}::uuid[])`)
        : eb.exists(holdersOf(db, role).where('userRoles.userId', '=', sql.ref<string>('users.id'))),
    )
  }
  if (input.cursor)
    query = query.where(isAfter(sortKey, sql`users.id`, order, decodeCursor(list, input.cursor, sortKey)))
  const rows = await query.execute()
  return toPage(
    list,
    rows.map((user) => ({ ...user, roles: names(user.roles) })),
    limit,
  )
}

/** So few people are looked up by their ids; among more, there is soon one in any order. */
const few = 1000

/** The ids of those who have a role; undefined if they are many. */
async function findFewHolders(db: Database, role: string): Promise<string[] | undefined> {
  const holders = await holdersOf(db, role)
    .limit(few + 1)
    .execute()
  return holders.length > few ? undefined : holders.map(({ userId }) => userId)
}

function holdersOf(db: Database, role: string) {
  return db
    .selectFrom('userRoles')
    .innerJoin('roles', 'roles.id', 'userRoles.roleId')
    .where('roles.name', '=', role)
    .select('userRoles.userId')
}

function selectUsers(db: Database) {
  return db
    .selectFrom('users')
    .select([
      'users.id',
      'users.email',
      'users.emailVerified',
      'users.displayName',
      'users.firstName',
      'users.lastName',
      'users.isActive',
      'users.createdAt',
    ])
    .select((eb) => [
      userRoleNames(eb),
      holdsSecondFactor(eb).as('hasSecondFactor'),
      eb
        .selectFrom('sessions')
        .whereRef('sessions.userId', '=', 'users.id')
        .select(({ fn }) => fn.max('sessions.lastSeenAt').as('last'))
        .as('lastSeenAt'),
    ])
}

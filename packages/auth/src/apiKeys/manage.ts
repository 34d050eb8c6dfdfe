import type { Database, DatabaseHandle, DB } from '@worldloom/db'
import {
  type apiKeyCreateInput,
  type apiKeyRotateInput,
  type apiKeyUpdateInput,
  BadInputError,
  ConflictError,
  ExceedsOwnError,
  maxApiKeys,
  NotFoundError,
} from '@worldloom/schema'
import { sql, type UpdateObject } from 'kysely'
import type { z } from 'zod'
import { type Actor, type AuditEvent, recordEvent } from '../audit.ts'
import { apiKeyPermissionNames, apiKeyRoleNames, names, rolePermissionNames } from '../grants.ts'
import type { KnownPrincipal } from '../principal.ts'
import { apiKeyPrefix, createApiKeySecret, hashApiKey } from './format.ts'
import { limitToWorlds, selectReachedWorlds } from './worlds.ts'

type Holder = Pick<KnownPrincipal, 'user' | 'roles' | 'permissions'> & {
  readonly worldIds?: ReadonlySet<string> | undefined
}

/** What an owner sees of a key: everything except the key itself. */
export async function listApiKeys(db: Database, userId: string) {
  return (await selectApiKeys(db, userId).orderBy('apiKeys.createdAt', 'desc').execute()).map(toApiKey)
}

/** @throws {NotFoundError} also for somebody else's */
export async function findApiKeyById(db: Database, userId: string, id: string) {
  const row = await selectApiKeys(db, userId)
    .where('apiKeys.id', '=', id)
    .executeTakeFirstOrThrow(() => new NotFoundError('API key'))
  return toApiKey(row)
}

/**
 * Creates a key and returns it. It cannot be read again.
 *
 * @throws {ExceedsOwnError} if the key would have permissions its owner lacks
 * @throws {BadInputError} for unknown roles and permissions
 * @throws {ConflictError} when the owner has too many keys
 * @throws a unique violation of api_keys_name_key, which becomes a TakenError
 */
export async function createApiKey(
  db: DatabaseHandle['db'],
  actor: Actor,
  maker: Holder,
  input: z.output<typeof apiKeyCreateInput>,
) {
  const key = createApiKeySecret()
  const id = await db.transaction().execute(async (trx) => {
    const roles = await findRoles(trx, input.roles)
    const permissions = await findPermissions(trx, input.permissions)
    refuseExcess(maker, roles, permissions)
    const asked = input.worldIds ?? (maker.worldIds && [...maker.worldIds])
    const worldIds = asked && (await limitToWorlds(trx, maker, asked))
    await refuseTooMany(trx, maker.user.id)
    const made = await trx
      .insertInto('apiKeys')
      .values({
        userId: maker.user.id,
        name: input.name,
        description: input.description,
        prefix: apiKeyPrefix(key),
        keyHash: hashApiKey(key),
        expiresAt: input.expiresAt ? new Date(input.expiresAt) : null,
        isLimitedToWorlds: worldIds !== undefined,
        ...limitColumns(input),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (roles.length > 0) {
      const rows = roles.map((role) => ({ apiKeyId: made.id, roleId: role.id }))
      await trx.insertInto('apiKeyRoles').values(rows).execute()
    }
    if (permissions.length > 0) {
      const rows = permissions.map((permission) => ({ apiKeyId: made.id, permissionId: permission.id }))
      await trx.insertInto('apiKeyPermissions').values(rows).execute()
    }
    if (worldIds) {
      await trx
        .insertInto('apiKeyWorlds')
        .values(worldIds.map((worldId) => ({ apiKeyId: made.id, worldId })))
        .execute()
    }
    await recordEvent(trx, actor, {
      action: 'apiKey.create',
      subject: { kind: 'apiKey', id: made.id, name: input.name },
      details: {
        ...{ roles: input.roles, permissions: input.permissions, worldIds, expiresAt: input.expiresAt ?? null },
        ...limitsOf(input),
      },
    })
    return made.id
  })
  return { ...(await findApiKeyById(db, maker.user.id, id)), key }
}

/** @throws {NotFoundError}, or a unique violation of api_keys_name_key */
export async function updateApiKey(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  { id, ...changes }: z.output<typeof apiKeyUpdateInput>,
) {
  const { name, description } = changes
  return await change(
    db,
    actor,
    userId,
    id,
    { action: 'apiKey.update', details: changes },
    {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...limitColumns(changes),
    },
  )
}

/** @throws {NotFoundError} @throws {ConflictError} if it is to work again and others have it */
export async function setApiKeyActive(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  id: string,
  isActive: boolean,
) {
  if (isActive && (await findApiKeyById(db, userId, id)).leakedAt) {
    throw new ConflictError('Others have this key. Rotate it, which gives it another secret.')
  }
  const action = isActive ? 'apiKey.activate' : 'apiKey.deactivate'
  return await change(db, actor, userId, id, { action }, { isActive })
}

/** Rotates a key's secret. The old one keeps working for the overlap, in hours. @throws {NotFoundError} */
export async function rotateApiKey(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  { id, overlapHours }: z.output<typeof apiKeyRotateInput>,
) {
  const key = createApiKeySecret()
  const { leakedAt } = await findApiKeyById(db, userId, id)
  // What others have does not work for a while longer.
  const overlapEnd = overlapHours > 0 && !leakedAt ? new Date(Date.now() + overlapHours * 3_600_000) : null
  const rotated = await change(
    db,
    actor,
    userId,
    id,
    { action: 'apiKey.rotate', details: { overlapHours } },
    {
      keyHash: hashApiKey(key),
      prefix: apiKeyPrefix(key),
      previousKeyHash: overlapEnd ? sql<Buffer>`key_hash` : null,
      previousExpiresAt: overlapEnd,
      ...(leakedAt && { leakedAt: null, isActive: true }),
    },
  )
  return { ...rotated, key }
}

/** @throws {NotFoundError} */
export async function deleteApiKey(db: DatabaseHandle['db'], actor: Actor, userId: string, id: string) {
  return await db.transaction().execute(async (trx) => {
    const deleted = await trx
      .deleteFrom('apiKeys')
      .where('id', '=', id)
      .where('userId', '=', userId)
      .where('clientId', 'is', null)
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow(() => new NotFoundError('API key'))
    await recordEvent(trx, actor, { action: 'apiKey.delete', subject: { kind: 'apiKey', ...deleted } })
    return { id: deleted.id }
  })
}

async function change(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  id: string,
  event: Omit<AuditEvent, 'subject'>,
  changes: UpdateObject<DB, 'apiKeys'>,
) {
  await db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('apiKeys')
      .set({ ...changes, updatedAt: new Date() })
      .where('id', '=', id)
      .where('userId', '=', userId)
      .where('clientId', 'is', null)
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow(() => new NotFoundError('API key'))
    await recordEvent(trx, actor, { ...event, subject: { kind: 'apiKey', ...changed } })
  })
  return await findApiKeyById(db, userId, id)
}

function selectApiKeys(db: Database, userId: string) {
  return (
    db
      .selectFrom('apiKeys')
      .where('apiKeys.userId', '=', userId)
      // What apps hold are grants.
      .where('apiKeys.clientId', 'is', null)
      .select([
        'apiKeys.id',
        'apiKeys.name',
        'apiKeys.description',
        'apiKeys.prefix',
        'apiKeys.isActive',
        'apiKeys.expiresAt',
        'apiKeys.previousExpiresAt',
        'apiKeys.lastUsedAt',
        'apiKeys.createdAt',
        'apiKeys.updatedAt',
        'apiKeys.isLimitedToWorlds',
        'apiKeys.allowedAddresses',
        'apiKeys.leakedAt',
        sql<number | null>`api_keys.monthly_requests::float8`.as('monthlyRequests'),
        sql<number | null>`api_keys.monthly_tokens::float8`.as('monthlyTokens'),
        sql<number | null>`api_keys.monthly_cost_micros::float8 / 1e6`.as('monthlyCost'),
        sql<number>`api_keys.use_count::float8`.as('useCount'),
      ])
      .select((eb) => [apiKeyRoleNames(eb), apiKeyPermissionNames(eb), selectReachedWorlds(eb)])
  )
}

function toApiKey(row: Awaited<ReturnType<ReturnType<typeof selectApiKeys>['executeTakeFirstOrThrow']>>) {
  const { prefix, keyRoles, keyPermissions, keyWorlds, isLimitedToWorlds, ...rest } = row
  return {
    ...rest,
    masked: `${prefix}…`,
    roles: names(keyRoles),
    permissions: names(keyPermissions),
    worlds: isLimitedToWorlds ? keyWorlds : null,
  }
}

type KeyLimits = Pick<
  z.output<typeof apiKeyUpdateInput>,
  'allowedAddresses' | 'monthlyRequests' | 'monthlyTokens' | 'monthlyCost'
>

/** The limits that are given, for the audit log. */
function limitsOf({ allowedAddresses, monthlyRequests, monthlyTokens, monthlyCost }: KeyLimits) {
  return { allowedAddresses, monthlyRequests, monthlyTokens, monthlyCost }
}

/** As columns; those that are not given stay as they are. */
function limitColumns({ allowedAddresses, monthlyRequests, monthlyTokens, monthlyCost }: KeyLimits) {
  return {
    ...(allowedAddresses !== undefined && { allowedAddresses }),
    ...(monthlyRequests !== undefined && { monthlyRequests }),
    ...(monthlyTokens !== undefined && { monthlyTokens }),
    ...(monthlyCost !== undefined && {
      monthlyCostMicros: monthlyCost === null ? null : Math.round(monthlyCost * 1_000_000),
    }),
  }
}

async function refuseTooMany(db: Database, userId: string): Promise<void> {
  // Otherwise two concurrent requests could each see room for one more.
  await db.selectFrom('users').select('id').where('id', '=', userId).forUpdate().executeTakeFirst()
  const { count } = await db
    .selectFrom('apiKeys')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('userId', '=', userId)
    .where('clientId', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(count) >= maxApiKeys) throw new ConflictError(`You have ${maxApiKeys} API keys. Delete one first.`)
}

interface FoundRole {
  readonly id: string
  readonly name: string
  readonly permissions: readonly { name: string }[]
}

/** Rule 24: a role must be one the caller has, or grant nothing the caller lacks. */
function refuseExcess(maker: Holder, roles: readonly FoundRole[], permissions: readonly { name: string }[]): void {
  const asked = [
    ...names(permissions),
    ...roles.filter((role) => !maker.roles.includes(role.name)).flatMap((role) => names(role.permissions)),
  ]
  const excess = [...new Set(asked.filter((permission) => !maker.permissions.has(permission)))]
  if (excess.length > 0) throw new ExceedsOwnError(excess.sort())
}

async function findRoles(db: Database, wanted: readonly string[]): Promise<FoundRole[]> {
  if (wanted.length === 0) return []
  const found = await db
    .selectFrom('roles')
    .select((eb) => ['roles.id', 'roles.name', rolePermissionNames(eb)])
    .where('roles.name', 'in', wanted)
    .execute()
  refuseUnknown('roles', wanted, found)
  return found
}

async function findPermissions(db: Database, wanted: readonly string[]) {
  if (wanted.length === 0) return []
  const found = await db.selectFrom('permissions').select(['id', 'name']).where('name', 'in', wanted).execute()
  refuseUnknown('permissions', wanted, found)
  return found
}

function refuseUnknown(field: string, wanted: readonly string[], found: readonly { name: string }[]): void {
  const unknown = wanted.filter((name) => !found.some((row) => row.name === name))
  if (unknown.length > 0) throw new BadInputError({ [field]: [`There is no ${unknown.join(', ')}`] })
}

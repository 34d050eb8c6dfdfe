import { type Database, thisMonth } from '@worldloom/db'
import { type RawBuilder, sql } from 'kysely'

const flushMilliseconds = 2000

/** How often something happened, and when last. Milliseconds since 1970. */
interface Counted {
  count: number
  last: number
}

interface KeyUse extends Counted {
  /** By address. */
  readonly addresses: Map<string, Counted>
  /** When each permission was asked for last. */
  readonly permissions: Map<string, number>
}

/** How often a key was used in a month. */
interface MonthUse {
  /** The number of months since 1970. */
  month: number
  uses: number
}

/**
 * Counts uses of API keys, by address and permission, and writes them in batches: a write per use would cost more than the request
 * itself. What several processes let through within two seconds can exceed a key's budget of requests.
 */
export class ApiKeyUsage {
  readonly #db: Database
  #uses = new Map<string, KeyUse>()
  /** Of keys that have a budget. */
  readonly #months = new Map<string, MonthUse>()
  #timer: NodeJS.Timeout | undefined

  constructor(db: Database) {
    this.#db = db
  }

  count(apiKeyId: string, ipAddress?: string): void {
    const now = Date.now()
    const use = this.#of(apiKeyId)
    use.count++
    use.last = now
    if (ipAddress !== undefined) {
      const known = use.addresses.get(ipAddress)
      if (known) {
        known.count++
        known.last = now
      } else use.addresses.set(ipAddress, { count: 1, last: now })
    }
    const month = this.#months.get(apiKeyId)
    if (month) {
      if (month.month !== monthOf(now)) Object.assign(month, { month: monthOf(now), uses: 0 })
      month.uses++
    }
  }

  /** Notes that a key was asked to have a permission. */
  countPermission(apiKeyId: string, permission: string): void {
    this.#of(apiKeyId).permissions.set(permission, Date.now())
  }

  /** Has the uses of this month counted from now on. @param uses what the database knows */
  watchMonth(apiKeyId: string, uses: number): void {
    if (!this.#months.has(apiKeyId)) this.#months.set(apiKeyId, { month: monthOf(Date.now()), uses })
  }

  /** How often a key was used this month, as far as this process knows; only for those that are watched. */
  usesThisMonth(apiKeyId: string): number {
    const known = this.#months.get(apiKeyId)
    return known?.month === monthOf(Date.now()) ? known.uses : 0
  }

  /** Writes the counts. Those that can't be written are added back. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const uses = this.#uses
    if (uses.size === 0) return
    this.#uses = new Map()
    // In the same order in all processes, so that none waits for another in a circle.
    const ordered = [...uses].toSorted(([one], [other]) => one.localeCompare(other))
    try {
      await this.#write(ordered)
      await this.#learnMonths(ordered.map(([id]) => id))
    } catch (error) {
      for (const [id, { count, last, addresses, permissions }] of uses) {
        const since = this.#of(id)
        since.count += count
        since.last = Math.max(since.last, last)
        for (const [address, known] of addresses) {
          const later = since.addresses.get(address)
          since.addresses.set(address, { count: known.count + (later?.count ?? 0), last: later?.last ?? known.last })
        }
        for (const [permission, at] of permissions) {
          if (!since.permissions.has(permission)) since.permissions.set(permission, at)
        }
      }
      throw error
    }
  }

  #of(apiKeyId: string): KeyUse {
    let use = this.#uses.get(apiKeyId)
    if (!use) {
      use = { count: 0, last: 0, addresses: new Map(), permissions: new Map() }
      this.#uses.set(apiKeyId, use)
    }
    this.#timer ??= setTimeout(() => this.flush().catch(() => undefined), flushMilliseconds).unref()
    return use
  }

  async #write(uses: readonly (readonly [string, KeyUse])[]): Promise<void> {
    const used = uses
      .filter(([, { count }]) => count > 0)
      .map(([id, { count, last }]) => ({ id, count, last: new Date(last) }))
    const addresses = uses.flatMap(([id, use]) =>
      [...use.addresses].map(([address, { count, last }]) => ({ id, address, count, last: new Date(last) })),
    )
    const permissions = uses.flatMap(([id, use]) =>
      [...use.permissions].map(([permission, last]) => ({ id, permission, last: new Date(last) })),
    )
    await sql`
      with used as (
        select * from json_to_recordset(${JSON.stringify(used)}::json) as t (id uuid, count bigint, last timestamptz)
      ), counted as (
        insert into api_key_usage (day, api_key_id, count)
        select (last at time zone 'utc')::date, id, count from used order by id
        on conflict (day, api_key_id) do update set count = api_key_usage.count + excluded.count
      ), from_where as (
        insert into api_key_addresses (api_key_id, ip_address, first_used_at, last_used_at, use_count)
        select t.id, address, last, last, count
        from json_to_recordset(${JSON.stringify(addresses)}::json) as t (id uuid, address text, count bigint, last timestamptz)
        join api_keys on api_keys.id = t.id order by t.id, address
        on conflict (api_key_id, ip_address) do update set
          last_used_at = greatest(api_key_addresses.last_used_at, excluded.last_used_at),
          use_count = api_key_addresses.use_count + excluded.use_count
      ), for_what as (
        insert into api_key_permission_use (api_key_id, permission, last_used_at)
        select t.id, permission, last
        from json_to_recordset(${JSON.stringify(permissions)}::json) as t (id uuid, permission text, last timestamptz)
        join api_keys on api_keys.id = t.id order by t.id, permission
        on conflict (api_key_id, permission) do update set
          last_used_at = greatest(api_key_permission_use.last_used_at, excluded.last_used_at)
      )
      update api_keys
      set use_count = use_count + used.count, last_used_at = greatest(last_used_at, used.last)
      from used
      where api_keys.id = used.id`.execute(this.#db)
  }

  /** What other processes have counted as well. */
  async #learnMonths(apiKeyIds: readonly string[]): Promise<void> {
    const watched = apiKeyIds.filter((id) => this.#months.has(id))
    if (watched.length === 0) return
    const { rows } = await sql<{ id: string; uses: number }>`
      select key.id, ${usesThisMonth(sql.ref('key.id'))} as uses from unnest(${watched}::uuid[]) as key (id)`.execute(
      this.#db,
    )
    for (const { id, uses } of rows) {
      const since = this.#uses.get(id)?.count ?? 0
      this.#months.set(id, { month: monthOf(Date.now()), uses: uses + since })
    }
  }
}

/** How often a key was used this month. @param id an SQL expression */
export function usesThisMonth(id: RawBuilder<unknown>): RawBuilder<number> {
  return sql`coalesce((select sum(count) from api_key_usage where api_key_id = ${id} and day >= ${thisMonth}), 0)::float8`
}

function monthOf(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Forgets from where keys were used more than 90 days ago. */
export async function deleteOldAddresses(db: Database): Promise<void> {
  await sql`delete from api_key_addresses where last_used_at < now() - interval '90 days'`.execute(db)
}

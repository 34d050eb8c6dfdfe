import { type Database, inTransaction } from '@worldloom/db'
import { type EntityKind, entityKinds } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'

/** How much is deleted in one transaction: what is written meanwhile waits for it. */
const batchSize = 200

/** What belongs to others comes before them, since a row cannot go before those that need it. */
const kindsInOrder: readonly EntityKind[] = [
  'scene',
  'act',
  ...entityKinds.filter((kind) => kind !== 'scene' && kind !== 'act'),
]

/** What may refer to an entry and refers to nothing once it is gone. Everything else goes with it, by foreign keys. */
const references = [
  ['scenes', 'location_id'],
  ['locations', 'parent_id'],
  ['things', 'owner_persona_id'],
  ['entities', 'cover_id'],
  ['maps', 'location_id'],
] as const

/** Records that can be deleted and restored, those that refer to others first, each with what it waits for. */
const records = [
  ['links', sql<boolean>`true`],
  ['map_markers', sql<boolean>`true`],
  ['maps', sql<boolean>`not exists (select from map_markers where map_id = maps.id)`],
  ['continuity_dismissals', sql<boolean>`true`],
  ['tags', sql<boolean>`true`],
  ['link_kinds', sql<boolean>`not exists (select from links where link_kind_id = link_kinds.id)`],
] as const
type RecordTable = (typeof records)[number][0]

export interface Emptied {
  readonly worlds: number
  readonly entries: number
  readonly records: number
}

/**
 * Deletes for good what has been in the trash for longer than it is kept: entries, tags, links, maps, and whole worlds. What
 * still refers to an entry, and is shown as referring to nothing already, does so from then on. The change log stays; files of
 * images are swept later.
 *
 * @param retention seconds
 * @param signal ends it between two transactions; what is left is deleted the next time
 */
export async function emptyTrash(db: Database, retention: number, signal?: AbortSignal): Promise<Emptied> {
  const before = new Date(Date.now() - retention * 1000)
  const emptying = new Emptying(db, signal)
  const worlds = await db.selectFrom('worlds').where('deletedAt', '<', before).select('id').execute()
  const entries = await emptying.entries(sql`deleted_at < ${before}`)
  let deleted = 0
  for (const [table, isFree] of records)
    deleted += await emptying.records(table, sql`deleted_at < ${before} and ${isFree}`)
  let gone = 0
  for (const { id } of worlds) if (await emptying.world(id, before)) gone++
  return { worlds: gone, entries, records: deleted }
}

class Emptying {
  readonly #db: Database
  readonly #signal: AbortSignal | undefined

  constructor(db: Database, signal: AbortSignal | undefined) {
    this.#db = db
    this.#signal = signal
  }

  /** Deletes entries, a few at a time. @returns how many */
  async entries(condition: RawBuilder<boolean>): Promise<number> {
    let count = 0
    for (const kind of kindsInOrder) {
      count += await this.#batches(async (trx) => {
        const { rows } = await sql<{ id: string }>`
          select id from entities where kind = ${kind} and ${condition}
            and not exists (select from maps where maps.image_id = entities.id)
          limit ${batchSize} for update skip locked`.execute(trx)
        const ids = rows.map(({ id }) => id)
        if (ids.length === 0) return 0
        for (const [table, column] of references) {
          await sql`update ${sql.table(table)} set ${sql.ref(column)} = null where ${sql.ref(column)} = any (${ids}::uuid[])`.execute(
            trx,
          )
        }
        await sql`delete from map_markers where entity_id = any (${ids}::uuid[])`.execute(trx)
        await sql`delete from entities where id = any (${ids}::uuid[])`.execute(trx)
        return ids.length
      })
    }
    return count
  }

  /** Deletes records, a few at a time. @returns how many */
  async records(table: RecordTable | 'changes', condition: RawBuilder<boolean>): Promise<number> {
    return await this.#batches(async (trx) => {
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where (tableoid, ctid) in (
          select tableoid, ctid from ${sql.table(table)} where ${condition} limit ${batchSize} for update skip locked
        )`.execute(trx)
      return Number(numAffectedRows ?? 0)
    })
  }

  /** Deletes a world piece by piece: of a million entries, one transaction would hold its locks for minutes. */
  async world(id: string, before: Date): Promise<boolean> {
    // From here on it cannot be restored: nobody wants half a world.
    const { numUpdatedRows } = await this.#db
      .updateTable('worlds')
      .set({ isErased: true })
      .where('id', '=', id)
      .where('deletedAt', '<', before)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return false
    const ofWorld = sql<boolean>`world_id = ${id}`
    for (const table of ['links', 'map_markers', 'maps'] as const) await this.records(table, ofWorld)
    // What is in its trash may belong to what is not, and never the other way round.
    await this.entries(sql`world_id = ${id} and deleted_at is not null`)
    await this.entries(sql`world_id = ${id} and deleted_at is null`)
    await this.records('changes', ofWorld)
    if (this.#signal?.aborted) return false
    await this.#db.deleteFrom('worlds').where('id', '=', id).execute()
    return true
  }

  /** Repeats a transaction for as long as there was as much to do as it does at once. */
  async #batches(batch: (trx: Database) => Promise<number>): Promise<number> {
    let count = 0
    for (let last = batchSize; last === batchSize && !this.#signal?.aborted; ) {
      last = await inTransaction(this.#db, batch)
      count += last
    }
    return count
  }
}

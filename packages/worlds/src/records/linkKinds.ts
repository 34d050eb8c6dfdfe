import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type Language,
  type LinkKind,
  type LinkKindSummary,
  type linkKindCreateInput,
  type linkKindUpdateInput,
  maxLinkKinds,
  usualLinkKinds,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { requireWorldRole } from '../worlds/authorize.ts'
import { findWorldById } from '../worlds/read.ts'
import type { Writer } from '../writer.ts'
import {
  countRecords,
  deleteRecord,
  findRecord,
  insertRecord,
  lockRecord,
  type RecordDefinition,
  setRecordDeleted,
  updateRecord,
} from './records.ts'

export const linkKindRecord: RecordDefinition<LinkKind> = {
  kind: 'linkKind',
  table: 'link_kinds',
  noun: 'kind of link',
  columns: ['name', 'inverseName', 'isSymmetric', 'fromKinds', 'toKinds', 'cardinality', 'isAcyclic', 'meaning'],
  arrays: ['fromKinds', 'toKinds'],
  nameOf: (_, { name }) => name,
}

/** The kinds of links of a world by name, each with the number of links. @throws {NotFoundError} */
export async function listLinkKinds(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ items: LinkKindSummary[] }> {
  await findWorldById(db, principal, worldId)
  const items = await db
    .selectFrom('linkKinds')
    .select(['id', 'worldId', 'name', 'inverseName', 'isSymmetric', 'cardinality', 'isAcyclic', 'meaning'])
    .select(['version', 'createdAt', 'updatedAt'])
    .select([sql`from_kinds::text[]`.as('fromKinds'), sql`to_kinds::text[]`.as('toKinds')])
    .select((eb) =>
      eb
        .selectFrom('links')
        .where('links.deletedAt', 'is', null)
        .whereRef('links.linkKindId', '=', 'linkKinds.id')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('count'),
    )
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .orderBy(sql`lower(name)`)
    .$castTo<LinkKindSummary>() // as the schema has checked them
    .execute()
  return { items }
}

export async function findLinkKind(db: Database, principal: KnownPrincipal, id: string): Promise<LinkKind> {
  return await findRecord(db, principal, linkKindRecord, id)
}

/**
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {TakenError} for the name
 * @throws {BadInputError} for what cannot be symmetric
 */
export async function createLinkKind(
  db: Database,
  writer: Writer,
  { worldId, ...given }: z.output<typeof linkKindCreateInput>,
): Promise<LinkKind> {
  const values = completed({
    inverseName: given.name,
    isSymmetric: given.inverseName === undefined,
    fromKinds: [],
    toKinds: given.isSymmetric === false || given.inverseName !== undefined ? [] : (given.fromKinds ?? []),
    cardinality: 'manyToMany',
    isAcyclic: false,
    meaning: null,
    ...definedOnly(given),
    name: given.name,
  })
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, writer.principal, worldId, 'editor')
    if ((await countRecords(trx, linkKindRecord, 'worldId', worldId)) >= maxLinkKinds)
      throw new ConflictError(`A world can have ${maxLinkKinds} kinds of links. Delete some first.`)
    return await insertRecord(trx, writer, linkKindRecord, worldId, asColumns(values))
  })
}

/**
 * @throws {NotFoundError | RoleTooLowError | ChangedError | TakenError}
 * @throws {BadInputError} for what cannot be symmetric
 * @throws {ConflictError} if there are links that it would not allow
 */
export async function updateLinkKind(
  db: Database,
  writer: Writer,
  { id, version, ...given }: z.output<typeof linkKindUpdateInput>,
): Promise<LinkKind> {
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, linkKindRecord, id, { version })
    const after = completed({ ...before, ...definedOnly(given) })
    await requireFittingLinks(trx, before, after)
    return await updateRecord(trx, writer, linkKindRecord, before, asColumns(after))
  })
}

/** @throws {NotFoundError | RoleTooLowError | ChangedError} @throws {ConflictError} while there are links of it */
export async function deleteLinkKind(
  db: Database,
  writer: Writer,
  which: { readonly id: string; readonly version: number },
): Promise<{ id: string }> {
  return await deleteRecord(db, writer, linkKindRecord, which, async (trx, { id }) => {
    const count = await countLinks(trx, id, sql`true`)
    if (count > 0)
      throw new ConflictError(`There ${links(count)} of this kind. Delete ${count === 1 ? 'it' : 'them'} first.`)
  })
}

/** Brings back a kind of link that was deleted. @throws {NotFoundError | RoleTooLowError | TakenError} */
export async function restoreLinkKind(trx: Database, writer: Writer, id: string): Promise<LinkKind> {
  const before = await lockRecord(trx, writer.principal, linkKindRecord, id, { state: 'deleted' })
  return await setRecordDeleted(trx, writer, linkKindRecord, before, false)
}

/** @param language what they are called in: they are content of the world, which people rename */
export async function addUsualLinkKinds(trx: Database, worldId: string, language: Language): Promise<void> {
  const kinds = usualLinkKinds(language)
  await trx
    .insertInto('linkKinds')
    .values(kinds.map((kind) => ({ ...kind, worldId, fromKinds: [...kind.fromKinds], toKinds: [...kind.toKinds] })))
    .execute()
}

type Fields = Pick<
  LinkKind,
  'name' | 'inverseName' | 'isSymmetric' | 'fromKinds' | 'toKinds' | 'cardinality' | 'isAcyclic' | 'meaning'
>

/** Only the columns that people write. */
function asColumns({
  name,
  inverseName,
  isSymmetric,
  fromKinds,
  toKinds,
  cardinality,
  isAcyclic,
  meaning,
}: Fields): Fields {
  return { name, inverseName, isSymmetric, fromKinds, toKinds, cardinality, isAcyclic, meaning }
}

function definedOnly<Given extends object>(given: Given): { [Name in keyof Given]: Exclude<Given[Name], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never // the defined ones
}

/** What reads the same from both ends is the same at both ends. @throws {BadInputError} */
function completed<Given extends Fields>(given: Given): Given {
  if (!given.isSymmetric) {
    if (given.inverseName.toLowerCase() === given.name.toLowerCase()) {
      throw new BadInputError({
        inverseName: ['Reads the same as the name: make the kind symmetric, or say how it reads from the other end'],
      })
    }
    return given
  }
  if (given.isAcyclic) throw new BadInputError({ isAcyclic: ['What is symmetric always leads back'] })
  if (given.meaning) throw new BadInputError({ meaning: ['What is symmetric has no parent or owner'] })
  if (given.cardinality !== 'manyToMany' && given.cardinality !== 'oneToOne') {
    throw new BadInputError({ cardinality: ['What is symmetric is manyToMany or oneToOne'] })
  }
  if (String([...given.fromKinds].sort()) !== String([...given.toKinds].sort())) {
    throw new BadInputError({ toKinds: ['What is symmetric joins the same kinds at both ends'] })
  }
  return { ...given, inverseName: given.name }
}

/** @throws {ConflictError} */
async function requireFittingLinks(trx: Database, before: LinkKind, after: LinkKind): Promise<void> {
  if (
    before.isSymmetric !== after.isSymmetric ||
    before.cardinality !== after.cardinality ||
    before.isAcyclic !== after.isAcyclic
  ) {
    const isLooser = before.isSymmetric === after.isSymmetric && !after.isAcyclic && after.cardinality === 'manyToMany'
    const count = isLooser ? 0 : await countLinks(trx, before.id, sql`true`)
    if (count > 0) {
      throw new ConflictError(
        `There ${links(count)} of this kind, which may not fit. Make another kind, or delete ${count === 1 ? 'it' : 'them'} first.`,
      )
    }
  }
  const others = await countLinks(
    trx,
    before.id,
    sql`(cardinality(${after.fromKinds}::entity_kind[]) > 0 and from_kind <> all (${after.fromKinds}::entity_kind[])
      or cardinality(${after.toKinds}::entity_kind[]) > 0 and to_kind <> all (${after.toKinds}::entity_kind[]))`,
  )
  if (others > 0)
    throw new ConflictError(
      `There ${links(others)} of this kind between other kinds of entries. Delete ${others === 1 ? 'it' : 'them'} first.`,
    )
}

async function countLinks(trx: Database, id: string, condition: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from links where link_kind_id = ${id} and deleted_at is null and ${condition}`.execute(
    trx,
  )
  return rows[0]?.count ?? 0
}

function links(count: number): string {
  return count === 1 ? 'is a link' : `are ${count.toLocaleString('en')} links`
}

import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, preparedQuery } from '@worldloom/db'
import {
  BadInputError,
  type EntityKind,
  entityKinds,
  SyncAnewError,
  type SyncPosition,
  type syncPage,
  type worldSyncInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findLinks } from '../entities/links.ts'
import { findEntitiesOfAnyKind } from '../entities/read.ts'
import { requireReach } from '../reach.ts'
import { findWorldById } from '../worlds/read.ts'
import { requireMember } from './history.ts'
import { readHeads, readItemsAfter } from './items.ts'
import { isSyncedKind, noRecords, readLinksAfter, readSyncedRecords, readTagsAndLinkKinds } from './syncRecords.ts'

/** What a mirror of a world has to take over. */
type Page = z.output<typeof syncPage>

/**
 * What was changed in a world since a position: the entries as they are now, and those that are gone. Without a position
 * it is the whole world, a page at a time, and then what was changed meanwhile.
 *
 * @throws {NotFoundError} for anybody but members of the world
 * @throws {SyncAnewError} for a position that the log does not have
 */
export async function syncWorld(
  db: Database,
  principal: KnownPrincipal,
  { worldId, since, limit }: z.output<typeof worldSyncInput>,
): Promise<z.output<typeof syncPage>> {
  requireReach(principal, worldId)
  // A stream can be of several worlds.
  const here = since?.find((position) => position.worldId === worldId)
  if (since && !here) throw new BadInputError({ since: ['Is a position in another world'] })
  return here && !here.after
    ? await readChanged(db, principal, worldId, here.position, limit)
    : await readAll(db, principal, worldId, here, limit)
}

async function readChanged(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
  position: number,
  limit: number,
): Promise<Page> {
  const [items] = await Promise.all([
    readItemsAfter(db, worldId, position, limit),
    requireMember(db, principal, worldId),
  ])
  // Of an import the log does not say what it consists of.
  if (!items || items.some(({ action }) => action === 'import')) throw new SyncAnewError()
  if (items.length === 0 && position !== ((await readHeads(db, [worldId])).get(worldId) ?? 0)) throw new SyncAnewError()
  const subjects = new Map(items.map(({ subjectId, kind }) => [subjectId, kind]))
  const wanted = [...subjects].flatMap(([id, kind]) => (isEntityKind(kind) ? [{ id, kind }] : []))
  const entries = await readEntries(
    db,
    principal,
    wanted.map(({ id }) => id),
  )
  const wantedRecords = [...subjects].flatMap(([id, kind]) => (isSyncedKind(kind) ? [{ id, kind }] : []))
  const records = await readSyncedRecords(db, worldId, wantedRecords)
  const all = [...entries.map(({ entry }) => entry), ...records.tags, ...records.linkKinds, ...records.links]
  const present = new Set(all.map(({ id }) => id))
  return {
    world: subjects.has(worldId) ? await findWorldById(db, principal, worldId) : null,
    entries,
    ...records,
    gone: [...wanted, ...wantedRecords].filter(({ id }) => !present.has(id)),
    next: `${worldId}:${items.at(-1)?.position ?? position}`,
    hasMore: items.length === limit,
  }
}

type PageStart = { worldId: string; kind: EntityKind; createdAt: Date; id: string; limit: number }

// entities_created_at_idx
const pageAfter = preparedQuery((db, { worldId, kind, createdAt, id, limit }: PageStart) =>
  db
    .selectFrom('entities')
    .where('worldId', '=', worldId)
    .where('deletedAt', 'is', null)
    .where(sql<boolean>`(kind, created_at, id) > (${kind}::entity_kind, ${createdAt}::timestamptz, ${id}::uuid)`)
    .orderBy('kind')
    .orderBy('createdAt')
    .orderBy('id')
    .select(['id', 'kind', 'createdAt'])
    .limit(sql<number>`${limit}::int`),
)

// Before all others: the first of the enumeration's kinds, in PostgreSQL's order.
const noId = '00000000-0000-0000-0000-000000000000'
const beginning = { kind: 'story' as const, createdAt: new Date(0), id: noId }

async function readAll(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
  since: SyncPosition | undefined,
  limit: number,
): Promise<Page> {
  await requireMember(db, principal, worldId)
  // What is changed from now on comes after the last page.
  const position = since?.position ?? (await readHeads(db, [worldId])).get(worldId) ?? 0
  const after = since?.after ?? beginning
  const page = after.kind === 'link' ? [] : await pageAfter(db, { worldId, ...after, kind: after.kind, limit })
  // Tags, kinds of links and links come with and after the last of the entries.
  const isEnd = page.length < limit
  const links = isEnd ? await readLinksAfter(db, worldId, after.kind === 'link' ? after.id : noId, limit) : []
  const lastLink = links.length === limit ? links.at(-1) : undefined
  const last = isEnd ? lastLink && { ...lastLink, kind: 'link' } : page.at(-1)
  return {
    ...(isEnd && after.kind !== 'link' ? await readTagsAndLinkKinds(db, worldId) : noRecords),
    links,
    world: since ? null : await findWorldById(db, principal, worldId),
    entries: await readEntries(
      db,
      principal,
      page.map(({ id }) => id),
    ),
    gone: [],
    next: `${worldId}:${position}${last ? `:${last.kind}.${last.createdAt.getTime()}.${last.id}` : ''}`,
    // There may be changes since the first page.
    hasMore: last !== undefined || since !== undefined,
  }
}

async function readEntries(db: Database, principal: KnownPrincipal, ids: readonly string[]) {
  if (ids.length === 0) return []
  const found = (await findEntitiesOfAnyKind(db, principal, ids)) as unknown as Page['entries'][number]['entry'][] // with the columns of their kinds
  const links = await findLinks(db, found)
  const byId = new Map(found.map((entry) => [entry.id, entry]))
  return ids.flatMap((id) => {
    const entry = byId.get(id)
    return entry ? [{ entry, links: links.get(id) ?? {} }] : []
  })
}

function isEntityKind(kind: string): kind is EntityKind {
  return (entityKinds as readonly string[]).includes(kind)
}

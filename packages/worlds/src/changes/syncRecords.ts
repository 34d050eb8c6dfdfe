import type { Database } from '@worldloom/db'
import type { Link, LinkKind, Tag } from '@worldloom/schema'
import { sql } from 'kysely'
import { linkKindRecord } from '../records/linkKinds.ts'
import { linkRecord } from '../records/links.ts'
import { findRecords } from '../records/records.ts'
import { tagRecord } from '../records/tags.ts'

/** What a mirror takes over besides entries. */
export interface SyncedRecords {
  readonly tags: Tag[]
  readonly linkKinds: LinkKind[]
  readonly links: Link[]
}

export const noRecords: SyncedRecords = { tags: [], linkKinds: [], links: [] }

/** The kinds of records that are mirrored. */
export const syncedKinds = ['tag', 'linkKind', 'link'] as const
export type SyncedKind = (typeof syncedKinds)[number]

export function isSyncedKind(kind: string): kind is SyncedKind {
  return (syncedKinds as readonly string[]).includes(kind)
}

/** Those of some records that are not deleted. */
export async function readSyncedRecords(
  db: Database,
  worldId: string,
  wanted: readonly { readonly kind: string; readonly id: string }[],
): Promise<SyncedRecords> {
  const idsOf = (kind: SyncedKind) => wanted.filter((each) => each.kind === kind).map(({ id }) => id)
  const [tags, linkKinds, links] = await Promise.all([
    readById(db, worldId, tagRecord, idsOf('tag')),
    readById(db, worldId, linkKindRecord, idsOf('linkKind')),
    readById(db, worldId, linkRecord, idsOf('link')),
  ])
  return { tags, linkKinds, links }
}

async function readById<Row extends Tag | LinkKind | Link>(
  db: Database,
  worldId: string,
  definition: Parameters<typeof findRecords<Row>>[1],
  ids: readonly string[],
): Promise<Row[]> {
  if (ids.length === 0) return []
  return await findRecords(db, definition, worldId, { where: sql`id = any (${ids}::uuid[])` })
}

/** All tags and kinds of links of a world, of which there are not many. */
export async function readTagsAndLinkKinds(db: Database, worldId: string): Promise<Omit<SyncedRecords, 'links'>> {
  const [tags, linkKinds] = await Promise.all([
    findRecords(db, tagRecord, worldId),
    findRecords(db, linkKindRecord, worldId),
  ])
  return { tags, linkKinds }
}

/** The links of a world after one, in order of id. */
export async function readLinksAfter(db: Database, worldId: string, id: string, limit: number): Promise<Link[]> {
  return await findRecords(db, linkRecord, worldId, { where: sql`id > ${id}::uuid`, limit })
}

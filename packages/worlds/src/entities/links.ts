import type { Database } from '@worldloom/db'
import { type EntityKind, type EntryLinks, entityKinds } from '@worldloom/schema'
import { sql } from 'kysely'

const anyOf = (ids: readonly string[]) => sql<string>`any(${ids}::uuid[])`

/** The lists of what entries are linked with: the ids, including those in the trash, always in the same order. */
const linkLists = {
  personaIds: (db: Database, ids: readonly string[]) =>
    db
      .selectFrom('scenePersonas')
      .select(['sceneId as of', 'personaId as id'])
      .where('sceneId', '=', anyOf(ids))
      .orderBy('personaId'),
  thingIds: (db: Database, ids: readonly string[]) =>
    db
      .selectFrom('sceneThings')
      .select(['sceneId as of', 'thingId as id'])
      .where('sceneId', '=', anyOf(ids))
      .orderBy('thingId'),
  storyIds: (db: Database, ids: readonly string[]) =>
    db
      .selectFrom('bookStories')
      .select(['bookId as of', 'storyId as id'])
      .where('bookId', '=', anyOf(ids))
      .orderBy('position'),
  tagIds: (db: Database, ids: readonly string[]) =>
    db
      .selectFrom('entityTags')
      .select(['entityId as of', 'tagId as id'])
      .where('entityId', '=', anyOf(ids))
      .orderBy('tagId'),
} satisfies Record<keyof EntryLinks, unknown>

export type LinkList = keyof typeof linkLists

/** The kinds that have a list. */
const kindsWith: Readonly<Record<LinkList, readonly EntityKind[]>> = {
  personaIds: ['scene'],
  thingIds: ['scene'],
  storyIds: ['book'],
  tagIds: entityKinds,
}

export async function linkedIds(db: Database, list: LinkList, id: string): Promise<string[]> {
  const rows = await linkLists[list](db, [id]).execute()
  return rows.map((row) => row.id)
}

/** The lists of links of some entries, by their ids: empty where their kind has none. */
export async function findLinks(
  db: Database,
  entries: readonly { readonly id: string; readonly kind: EntityKind }[],
): Promise<Map<string, EntryLinks>> {
  const found = new Map<string, Partial<Record<LinkList, string[]>>>(entries.map(({ id }) => [id, {}]))
  await Promise.all(
    (Object.keys(kindsWith) as LinkList[]).map(async (list) => {
      const ids = entries.filter(({ kind }) => kindsWith[list].includes(kind)).map(({ id }) => id)
      if (ids.length === 0) return
      for (const id of ids) Object.assign(found.get(id) ?? {}, { [list]: [] })
      for (const { of, id } of await linkLists[list](db, ids).execute()) found.get(of)?.[list]?.push(id)
    }),
  )
  return found
}

import type { Database } from '@worldloom/db'
import type { EntityKind } from '@worldloom/schema'

/** The lists of what an entry is linked with: the ids, including those in the trash, always in the same order. */
const linkLists = {
  personaIds: (db: Database, id: string) =>
    db.selectFrom('scenePersonas').select('personaId as id').where('sceneId', '=', id).orderBy('personaId'),
  thingIds: (db: Database, id: string) =>
    db.selectFrom('sceneThings').select('thingId as id').where('sceneId', '=', id).orderBy('thingId'),
  storyIds: (db: Database, id: string) =>
    db.selectFrom('bookStories').select('storyId as id').where('bookId', '=', id).orderBy('position'),
}

export type LinkList = keyof typeof linkLists

/** The lists that each kind has. */
export const linkListsOf: Partial<Record<EntityKind, readonly LinkList[]>> = {
  scene: ['personaIds', 'thingIds'],
  book: ['storyIds'],
}

export async function linkedIds(db: Database, list: LinkList, id: string): Promise<string[]> {
  const rows = await linkLists[list](db, id).execute()
  return rows.map((row) => row.id)
}

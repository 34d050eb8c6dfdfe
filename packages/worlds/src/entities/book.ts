import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  book,
  type bookAddStoryInput,
  type bookRemoveStoryInput,
  type bookReorderInput,
  ConflictError,
  story,
} from '@worldloom/schema'
import type { z } from 'zod'
import { changeOf, recordChanges } from '../changes/record.ts'
import type { Writer } from '../writer.ts'
import { holdReferences, lockForChange } from './lock.ts'
import { type OrderedTable, positionAfter } from './order.ts'
import { findEntity } from './read.ts'
import { type EntitySummary, summaryColumns } from './select.ts'
import { touchEntity } from './write.ts'

const bound: OrderedTable = { table: 'bookStories', within: 'bookId', item: 'storyId', noun: 'story' }

/** The stories in a book, in order. @throws {NotFoundError} */
export async function listBookStories(db: Database, principal: KnownPrincipal, id: string) {
  await findEntity(db, principal, book, id)
  const items = await db
    // book_stories_book_id_position_key
    .selectFrom('bookStories')
    .innerJoin('entities', 'entities.id', 'bookStories.storyId')
    .innerJoin('stories', 'stories.id', 'bookStories.storyId')
    .where('bookStories.bookId', '=', id)
    .where('entities.deletedAt', 'is', null)
    .orderBy('bookStories.position')
    .select(summaryColumns(story))
    .$castTo<EntitySummary<typeof story>>()
    .execute()
  return { items }
}

/** Adds a story to a book. @throws {NotFoundError | RoleTooLowError | BadInputError | ConflictError} */
export async function addStory(db: Database, { actor, principal }: Writer, input: z.output<typeof bookAddStoryInput>) {
  const { id, storyId, afterId } = input
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, book, id)
    const { worldId } = before
    const storyIds = await boundStories(trx, id)
    await holdReferences(trx, worldId, [{ field: 'storyId', kind: 'story', ids: [storyId] }])
    const position = await positionAfter(trx, bound, id, afterId)
    const added = await trx
      .insertInto('bookStories')
      .values({ bookId: id, storyId, worldId, position })
      .onConflict((conflict) => conflict.columns(['bookId', 'storyId']).doNothing())
      .returning('storyId')
      .executeTakeFirst()
    if (!added) throw new ConflictError('The story is already in this book. Move it instead.')
    const touched = { ...before, version: await touchEntity(trx, id) }
    await recordChanges(trx, actor, before.worldId, [changeOf('link', touched, { storyIds })])
    return await listBookStories(trx, principal, id)
  })
}

/** Removes a story from a book. The story itself stays. @throws {NotFoundError | RoleTooLowError | BadInputError} */
export async function removeStory(
  db: Database,
  { actor, principal }: Writer,
  { id, storyId }: z.output<typeof bookRemoveStoryInput>,
) {
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, book, id)
    const storyIds = await boundStories(trx, id)
    await trx
      .deleteFrom('bookStories')
      .where('bookId', '=', id)
      .where('storyId', '=', storyId)
      .returning('storyId')
      .executeTakeFirstOrThrow(notInBook)
    const touched = { ...before, version: await touchEntity(trx, id) }
    await recordChanges(trx, actor, before.worldId, [changeOf('unlink', touched, { storyIds })])
    return await listBookStories(trx, principal, id)
  })
}

/** Moves a story of a book after another one. @throws {NotFoundError | RoleTooLowError | BadInputError} */
export async function reorderBook(
  db: Database,
  { actor, principal }: Writer,
  { id, storyId, afterId }: z.output<typeof bookReorderInput>,
) {
  if (afterId === storyId) throw new BadInputError({ afterId: ['Cannot come after itself'] })
  return await inTransaction(db, async (trx) => {
    const before = await lockForChange(trx, principal, book, id)
    const storyIds = await boundStories(trx, id)
    const position = await positionAfter(trx, bound, id, afterId)
    await trx
      .updateTable('bookStories')
      .set({ position })
      .where('bookId', '=', id)
      .where('storyId', '=', storyId)
      .returning('storyId')
      .executeTakeFirstOrThrow(notInBook)
    const touched = { ...before, version: await touchEntity(trx, id) }
    await recordChanges(trx, actor, before.worldId, [changeOf('move', touched, { storyIds })])
    return await listBookStories(trx, principal, id)
  })
}

/** The ids of a book's stories in order, including those in the trash. */
async function boundStories(trx: Database, id: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('bookStories')
    .select('storyId')
    .where('bookId', '=', id)
    .orderBy('position')
    .execute()
  return rows.map(({ storyId }) => storyId)
}

function notInBook(): BadInputError {
  return new BadInputError({ storyId: ['This story is not in the book'] })
}

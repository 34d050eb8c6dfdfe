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
import type { Writer } from '../writer.ts'
import { linkedIds } from './links.ts'
import { holdReferences, lockForChange } from './lock.ts'
import { type OrderedTable, positionAfter } from './order.ts'
import { findEntity } from './read.ts'
import { type EntitySummary, summaryColumns } from './select.ts'
import { recordLinkChange } from './write.ts'

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
    const storyIds = await linkedIds(trx, 'storyIds', id)
    await holdReferences(trx, worldId, [{ field: 'storyId', kind: 'story', ids: [storyId] }])
    const position = await positionAfter(trx, bound, id, afterId)
    const added = await trx
      .insertInto('bookStories')
      .values({ bookId: id, storyId, worldId, position })
      .onConflict((conflict) => conflict.columns(['bookId', 'storyId']).doNothing())
      .returning('storyId')
      .executeTakeFirst()
    if (!added) throw new ConflictError('The story is already in this book. Move it instead.')
    await recordLinkChange(trx, actor, before, 'link', { storyIds })
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
    const storyIds = await linkedIds(trx, 'storyIds', id)
    await trx
      .deleteFrom('bookStories')
      .where('bookId', '=', id)
      .where('storyId', '=', storyId)
      .returning('storyId')
      .executeTakeFirstOrThrow(notInBook)
    await recordLinkChange(trx, actor, before, 'unlink', { storyIds })
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
    const storyIds = await linkedIds(trx, 'storyIds', id)
    const position = await positionAfter(trx, bound, id, afterId)
    await trx
      .updateTable('bookStories')
      .set({ position })
      .where('bookId', '=', id)
      .where('storyId', '=', storyId)
      .returning('storyId')
      .executeTakeFirstOrThrow(notInBook)
    await recordLinkChange(trx, actor, before, 'move', { storyIds })
    return await listBookStories(trx, principal, id)
  })
}

function notInBook(): BadInputError {
  return new BadInputError({ storyId: ['This story is not in the book'] })
}

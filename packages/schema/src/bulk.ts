import { z } from 'zod'
import { idField } from './ids.ts'

/** How many entries can be changed at once. */
export const maxBulk = 1000

const bulk = {
  worldId: idField,
  ids: z
    .array(idField)
    .min(1, 'At least one')
    .max(maxBulk, `At most ${maxBulk.toLocaleString('en')}`),
}
const someTags = z.array(idField).max(50, 'At most 50')

export const bulkTagInput = z
  .strictObject({
    ...bulk,
    /** The tags that they get. */
    add: someTags.default([]),
    /** The tags that they lose. */
    remove: someTags.default([]),
  })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    message: 'Give tags to add or to remove',
    path: ['add'],
  })
export const bulkMoveInput = z.strictObject({
  ...bulk,
  /** The entry that they are to be in; for locations null for the top. */
  parentId: idField.nullable(),
  /** After which of those that are in it, if these have an order; null for the beginning, omitted for the end. */
  afterId: idField.nullish(),
})
export const bulkDeleteInput = z.strictObject(bulk)
export const bulkRestoreInput = z.strictObject(bulk)

/** How many of them were changed. What was like that already does not count. */
export const bulkAnswer = z.object({ changed: z.int() }).meta({ id: 'BulkChange' })
export const bulkDeleted = z
  .object({
    changed: z.int(),
    /** How many others went along, as they are in them. */
    along: z.int(),
  })
  .meta({ id: 'BulkDeletion' })

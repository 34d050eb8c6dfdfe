import { z } from 'zod'
import { type Tag, type TaggedEntry, type TagSummary, tagColors } from './connected.ts'
import { entryReference } from './entryReference.ts'
import { idField, versionField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { nameField } from './text.ts'
import { timestamp } from './time.ts'

/** How many tags a world can have: more are no help to anybody. */
export const maxTags = 2000
/** How many tags an entry can have. */
export const maxTagsOfEntry = 50

const tagFields = {
  name: nameField.refine((name) => name.length <= 100, 'At most 100 characters'),
  color: z.enum(tagColors, { error: `Must be one of ${tagColors.join(', ')}` }),
}

export const tagAnswer = z
  .object({
    id: idField,
    worldId: idField,
    name: z.string(),
    color: z.enum(tagColors),
    version: versionField,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Tag' }) satisfies z.ZodType<Tag>

/** A tag in the list of its world, with the number of entries that have it. */
export const tagSummary = z
  .object({ ...tagAnswer.shape, count: z.int() })
  .meta({ id: 'TagSummary' }) satisfies z.ZodType<TagSummary>

export const tagListInput = z.strictObject({ worldId: idField })
export const tagByIdInput = z.strictObject({ id: idField })
export const tagCreateInput = z.strictObject({
  worldId: idField,
  name: tagFields.name,
  color: tagFields.color.default('gray'),
})
export const tagUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(tagFields).partial().shape,
})
export const tagDeleteInput = z.strictObject({ id: idField, version: versionField })
export const tagMergeInput = z.strictObject({
  id: idField,
  version: versionField,
  /** The tag that its entries get instead. */
  intoId: idField,
})
export const tagMerged = z.object({ tag: tagAnswer, entries: z.int() }).meta({ id: 'TagMerged' })

export const tagEntriesInput = z.strictObject({ ...pageInput, id: idField })
export const taggedEntry = z
  .object({ ...entryReference.shape, description: z.string() })
  .meta({ id: 'TaggedEntry' }) satisfies z.ZodType<TaggedEntry>

export const tagsOfInput = z.strictObject({ id: idField })
export const tagSetInput = z.strictObject({
  id: idField,
  version: versionField,
  tagIds: z.array(idField).max(maxTagsOfEntry, `At most ${maxTagsOfEntry}`),
})
/** The tags of an entry, and its version. */
export const entityTags = z.object({ version: versionField, tags: z.array(tagAnswer) }).meta({ id: 'EntityTags' })

import { z } from 'zod'
import type { FoundName, MentionItem, PlaceholderItem } from './connected.ts'
import { entryReference } from './entryReference.ts'
import { idField, versionField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { timestamp } from './time.ts'

/** What mentions an entry, or what its texts mention; of a world, what its texts mention. */
export const mentionListInput = z.strictObject({
  ...pageInput,
  id: idField,
  /** `in`: what mentions it; `out`: what its own texts mention. */
  side: z.enum(['in', 'out'], { error: 'Must be in or out' }).default('in'),
  /** Without what is only known later than this scene. */
  atScene: idField.optional(),
})
export const mentionItem = z
  .object({
    /** The other entry; null for the world itself. */
    other: entryReference.nullable(),
    /** The field of the text. */
    field: z.string(),
    /** The sentence that mentions it first, as plain text. */
    sentence: z.string(),
    count: z.int(),
  })
  .meta({ id: 'MentionItem' }) satisfies z.ZodType<MentionItem>

/** Names of entries that occur in the texts of an entry without being mentions yet. */
export const mentionFindInput = z.strictObject({ id: idField })
export const foundName = z
  .object({
    field: z.string(),
    /** Where in the text it is, in UTF-16 code units. */
    start: z.int(),
    /** As it is written there. */
    text: z.string(),
    /** What is around it. */
    before: z.string(),
    after: z.string(),
    entry: entryReference,
  })
  .meta({ id: 'FoundName' }) satisfies z.ZodType<FoundName>
export const foundNames = z
  .object({ version: versionField, items: z.array(foundName), isCut: z.boolean() })
  .meta({ id: 'FoundNames' })

export const mentionApplyInput = z.strictObject({
  id: idField,
  version: versionField,
  /** Which of the found names become mentions; all, if omitted. */
  names: z
    .array(z.strictObject({ field: z.string().max(100), start: z.int().min(0), entryId: idField }))
    .max(2000, 'At most 2,000')
    .optional(),
})
export const mentionsApplied = z.object({ version: versionField, mentions: z.int() }).meta({ id: 'MentionsApplied' })

export const placeholderListInput = z.strictObject({ ...pageInput, id: idField })
export const placeholderItem = z
  .object({ ...entryReference.shape, createdAt: timestamp, mentions: z.int() })
  .meta({ id: 'Placeholder' }) satisfies z.ZodType<PlaceholderItem>

import { z } from 'zod'
import type { SearchHit, Suggestion } from './connected.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField } from './ids.ts'
import { text } from './text.ts'

/** How far down the pages of a search go. */
export const maxHits = 200

const kindsField = z.array(z.enum(entityKinds)).max(entityKinds.length, `At most ${entityKinds.length}`).optional()
const tagsField = z.array(idField).max(50, 'At most 50').optional()

/**
 * What to search for: words, of the last one its beginning; “several words” in quotes as they follow each other; -word for
 * what must not be there.
 */
const searchText = text(500).overwrite((value) => value.trim())

export const searchQueryInput = z.strictObject({
  /** If omitted, every world that the caller is a member of, and public ones. */
  worldId: idField.optional(),
  text: searchText.refine((value) => value !== '', 'Write what to search for'),
  kinds: kindsField,
  /** Only entries with one of these tags. */
  tags: tagsField,
  /** Only what is there and known at the moment of this scene. */
  atScene: idField.optional(),
  limit: z.int('Must be a whole number').min(1, 'Must be at least 1').max(50, 'Must be at most 50').default(20),
  cursor: z.string().max(1000, 'Must be a cursor that a search gave').optional(),
  direction: z.enum(['forward', 'backward'], { error: 'Must be forward or backward' }).optional(),
})

/** A piece of an excerpt. */
export const excerptPart = z.object({ text: z.string(), isMatch: z.boolean() })

export const searchHit = z
  .object({
    id: idField,
    worldId: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    displayName: z.string(),
    description: z.string(),
    /** The field that it was found in. */
    field: z.string(),
    excerpt: z.array(excerptPart),
    /** Whether it was found by words that are only near to those that were searched for. */
    isNear: z.boolean(),
  })
  .meta({ id: 'SearchHit' }) satisfies z.ZodType<SearchHit>

export const searchPage = z
  .object({
    items: z.array(searchHit),
    /** The words that were searched for in place of those that nothing has. */
    corrections: z.array(z.object({ word: z.string(), near: z.array(z.string()) })),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SearchPage' })

export const searchSuggestInput = z.strictObject({
  worldId: idField.optional(),
  text: searchText,
  kinds: kindsField,
  limit: z.int('Must be a whole number').min(1, 'Must be at least 1').max(20, 'Must be at most 20').default(8),
})
export const suggestion = z
  .object({
    id: idField,
    worldId: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    displayName: z.string(),
    description: z.string(),
    isNear: z.boolean(),
  })
  .meta({ id: 'Suggestion' }) satisfies z.ZodType<Suggestion>

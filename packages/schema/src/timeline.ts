import { z } from 'zod'
import { calendarField } from './calendar/calendar.ts'
import type { TimelineItem } from './connected.ts'
import { worldDateField } from './entity/fields.ts'
import { entityKinds } from './entity/kinds.ts'
import { entryReference } from './entryReference.ts'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'

export const timelineListInput = z.strictObject({
  ...pageInput,
  worldId: idField,
  /** What ends after the beginning of this date, and begins before the end of that one. */
  from: worldDateField.optional(),
  to: worldDateField.optional(),
  kinds: z.array(z.enum(entityKinds)).max(entityKinds.length, `At most ${entityKinds.length}`).optional(),
  /** Only what concerns this entry: its own dates, its scenes and its links. */
  of: idField.optional(),
  /** Only what is there and known at the moment of this scene. */
  atScene: idField.optional(),
})

export const timelineItem = z
  .object({
    id: idField,
    /** The field with the date. */
    field: z.string(),
    marks: z.enum(['begin', 'end', 'moment']),
    date: z.string(),
    /** In the words of the calendar. */
    text: z.string(),
    /** The days that it covers: from the first to before the last. */
    begins: z.number(),
    ends: z.number(),
    /** Null for a link. */
    entry: entryReference.nullable(),
    link: z.object({ id: idField, label: z.string(), from: entryReference, to: entryReference }).nullable(),
    /** How old a persona is then, in years, from a date of birth. */
    age: z.object({ least: z.int(), most: z.int() }).nullable(),
  })
  .meta({ id: 'TimelineItem' }) satisfies z.ZodType<TimelineItem>

export const calendarPreviewInput = z.strictObject({ worldId: idField, calendar: calendarField.nullable() })
/** What a change of the calendar would do to a date. */
export const movedDate = z
  .object({
    entry: entryReference.nullable(),
    linkId: idField.nullable(),
    field: z.string(),
    before: z.string(),
    after: z.string(),
    /** Whether the new calendar has no such date, so that only a longer one can be kept. */
    isWidened: z.boolean(),
  })
  .meta({ id: 'MovedDate' })
export const calendarPreview = z
  .object({
    /** How many dates there are. */
    total: z.int(),
    /** How many of them will read differently, and how many can only be kept less exactly. */
    renamed: z.int(),
    widened: z.int(),
    /** Some of them, those that lose most first. */
    items: z.array(movedDate),
  })
  .meta({ id: 'CalendarPreview' })

export const dateParseInput = z.strictObject({ worldId: idField, text: worldDateField })
export const dateParsed = z
  .object({
    date: z.string(),
    text: z.string(),
    weekday: z.string().nullable(),
    begins: z.number(),
    ends: z.number(),
  })
  .meta({ id: 'DateParsed' })

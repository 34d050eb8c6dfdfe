import { z } from 'zod'
import { calendarField } from './calendar/calendar.ts'
import { idField, mergeField, versionField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { bodyField, descriptionField, displayNameField, nameField, searchField } from './text.ts'
import { worldLanguages } from './worldLanguages.ts'

export const worldVisibilities = ['private', 'unlisted', 'public'] as const
export type WorldVisibility = (typeof worldVisibilities)[number]

const visibilityField = z.enum(worldVisibilities, { error: 'Must be private, unlisted or public' })

const languageField = z.enum(worldLanguages, { error: `Must be one of ${worldLanguages.join(', ')}` })

/** The fields of a world that a person writes. The form and every API derive from these. */
const worldFields = {
  name: nameField,
  /** @default the name */
  displayName: displayNameField,
  description: descriptionField,
  body: bodyField,
  visibility: visibilityField,
  /** What its texts are written in. */
  language: languageField,
  /** Null for the Gregorian one. */
  calendar: calendarField.nullable(),
}

/**
 * What a new world can be filled with: `novel`, three acts and the people they need; `campaign`, a region with a town and
 * an adventure to play; `example`, a whole world to look around in.
 */
export const worldTemplates = ['novel', 'campaign', 'example'] as const
export type WorldTemplate = (typeof worldTemplates)[number]

export const worldCreateInput = z.strictObject({
  ...z.object(worldFields).partial().shape,
  name: nameField,
  /** Requires `entity:create` and `entity:update` too. */
  template: z.enum(worldTemplates, { error: `Must be one of ${worldTemplates.join(', ')}` }).optional(),
})

export const worldUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  merge: mergeField,
  ...z.object(worldFields).partial().shape,
})

export const worldByIdInput = z.strictObject({ id: idField })

export const worldByNameInput = z.strictObject({
  name: nameField,
  /** The owner. If omitted, the caller. */
  ownerId: idField.optional(),
})

export const worldDeleteInput = z.strictObject({ id: idField, version: versionField })

export const worldRestoreInput = z.strictObject({ id: idField })

export const worldSorts = ['updatedAt', 'createdAt', 'name'] as const
export type WorldSort = (typeof worldSorts)[number]

export const worldListInput = z
  .strictObject({
    ...pageInput,
    sort: z.enum(worldSorts, { error: `Must be one of ${worldSorts.join(', ')}` }).default('updatedAt'),
    order: z.enum(['asc', 'desc'], { error: 'Must be asc or desc' }).default('desc'),
    /** Only those whose name contains this, ignoring case. */
    search: searchField.optional(),
    /** `active`: not deleted; `trash`: the caller's own deleted ones. */
    state: z.enum(['active', 'trash'], { error: 'Must be active or trash' }).default('active'),
  })
  .prefault({})

export const worldOverviewInput = z.strictObject({ id: idField })
export const worldTrashInput = z.strictObject({ id: idField, ...pageInput })

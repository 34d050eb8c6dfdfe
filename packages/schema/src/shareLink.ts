import { z } from 'zod'
import type { ShareLink } from './connected.ts'
import { entityBrief } from './entity/brief.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField } from './ids.ts'
import { displayNameField } from './text.ts'
import { timestamp } from './time.ts'

/** How many can be open at once in a world. */
export const maxShareLinks = 200
export const maxShareUses = 100_000
export const maxShareDays = 3650

const wholeNumber = z.int('Must be a whole number').min(1, 'Must be at least 1')

export const shareLinkCreateInput = z.strictObject({
  worldId: idField,
  /** The entry that it shows, with what is in it. Without one it shows the whole world. */
  entityId: idField.nullish(),
  /** What it is for, e.g. “Test readers”. */
  label: displayNameField.optional(),
  /** In how many browsers it can be opened; any number if not given. */
  maxUses: wholeNumber.max(maxShareUses, `Must be at most ${maxShareUses}`).nullish(),
  /** After how many days it ends; never if not given. */
  expiresInDays: wholeNumber.max(maxShareDays, `Must be at most ${maxShareDays}`).nullish(),
})
export const shareLinkListInput = z.strictObject({ worldId: idField })
export const shareLinkByIdInput = z.strictObject({ id: idField })

export const shareLinkAnswer = z
  .object({
    id: idField,
    worldId: idField,
    /** The entry that it shows, with what is in it; null for the whole world. */
    entity: z.object({ ...entityBrief.shape, kind: z.enum(entityKinds) }).nullable(),
    label: z.string(),
    maxUses: z.int().nullable(),
    useCount: z.int(),
    createdAt: timestamp,
    createdBy: z.string(),
    expiresAt: timestamp.nullable(),
    revokedAt: timestamp.nullable(),
    lastOpenedAt: timestamp.nullable(),
    /** Whether it shows anything: it is neither revoked nor expired, and what it shows is not in the trash. */
    isOpen: z.boolean(),
  })
  .meta({ id: 'ShareLink' }) satisfies z.ZodType<ShareLink>

/** A new share link: the only time that its address is shown. */
export const shareLinkMade = z.object({ ...shareLinkAnswer.shape, link: z.url() }).meta({ id: 'ShareLinkMade' })

export const shareVisitAnswer = z
  .object({ id: idField, openedAt: timestamp, /** E.g. “Firefox on Windows”. */ device: z.string() })
  .meta({ id: 'ShareVisit' })

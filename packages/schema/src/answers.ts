/** The outputs of procedures, for the API document. A test checks real answers against them. */
import { z } from 'zod'
import { calendarField } from './calendar/calendar.ts'
import { entityMention } from './entity/brief.ts'
import { entityKinds } from './entity/kinds.ts'
import { idField, versionField } from './ids.ts'
import { timestamp } from './time.ts'
import { worldVisibilities } from './world.ts'
import { worldRoles } from './worldRole.ts'

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Where the next page begins; null at the end' }),
  })
}

/** A list that fits on one page. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item) })
}

export const idAnswer = z.object({ id: idField })
export const nameAnswer = z.object({ name: z.string() })
export const exampleAnswer = z.object({ message: z.string() })

const worldShape = {
  id: idField,
  ownerId: idField,
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  visibility: z.enum(worldVisibilities),
  language: z.string(),
  version: versionField,
  createdAt: timestamp,
  updatedAt: timestamp,
  /** The caller's role; null for those who may only read. */
  role: z.enum(worldRoles).nullable(),
}
export const worldAnswer = z
  .object({ ...worldShape, body: z.string(), calendar: calendarField.nullable() })
  .meta({ id: 'World' })
/** When what is in the trash is deleted for good; null for what is not there, and where that never happens. */
const keptUntil = timestamp.nullable()
export const worldSummary = z
  .object({ ...worldShape, deletedAt: timestamp.nullable(), keptUntil })
  .meta({ id: 'WorldSummary' })

export const worldOverview = z
  .object({
    counts: z.record(z.enum(entityKinds), z.int()),
    recent: z.array(entityMention),
    members: z.int(),
  })
  .meta({ id: 'WorldOverview' })

export const trashItem = z
  .object({
    id: idField,
    kind: z.enum(entityKinds),
    name: z.string(),
    displayName: z.string(),
    deletedAt: timestamp,
    keptUntil,
    /** How many other entries were deleted with it. */
    along: z.int(),
  })
  .meta({ id: 'TrashItem' })

const personShape = {
  id: idField,
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  displayName: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
}

export const profileAnswer = z.object({ ...personShape, version: versionField }).meta({ id: 'Profile' })
export const meAnswer = z
  .object({
    ...profileAnswer.shape,
    isComplete: z.boolean(),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    signedInWith: z.enum(['session', 'bearer', 'apiKey']),
    needsSecondFactor: z.boolean(),
  })
  .meta({ id: 'Me' })

const userShape = {
  ...personShape,
  isActive: z.boolean(),
  createdAt: timestamp,
  lastSeenAt: timestamp.nullable(),
  roles: z.array(z.string()),
  hasSecondFactor: z.boolean(),
}
export const userSummary = z.object(userShape).meta({ id: 'UserSummary' })
export const userAnswer = z
  .object({
    ...userShape,
    version: versionField,
    accounts: z.array(z.object({ provider: z.string(), email: z.string().nullable() })),
  })
  .meta({ id: 'User' })

export const apiKeyAnswer = z
  .object({
    id: idField,
    name: z.string(),
    description: z.string(),
    masked: z.string(),
    isActive: z.boolean(),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    /** The worlds it is limited to; null for all of its owner's worlds. */
    worlds: z.array(z.object({ id: idField, displayName: z.string() })).nullable(),
    expiresAt: timestamp.nullable(),
    previousExpiresAt: timestamp.nullable(),
    lastUsedAt: timestamp.nullable(),
    useCount: z.number(),
    createdAt: timestamp,
    updatedAt: timestamp,
    /** Addresses and ranges that it may be used from; null for anywhere. */
    allowedAddresses: z.array(z.string()).nullable(),
    /** What it may use in a month (UTC); null for as much as its owner. */
    monthlyRequests: z.number().nullable(),
    monthlyTokens: z.number().nullable(),
    /** US dollars. */
    monthlyCost: z.number().nullable(),
    /** When it was reported that others have it. It stays off until it is rotated. */
    leakedAt: timestamp.nullable(),
  })
  .meta({ id: 'ApiKey' })
/** What a key was used for, from where, and how much this month (UTC). */
export const apiKeyUsageAnswer = z
  .object({
    permissionUses: z.array(
      z.object({
        name: z.string(),
        lastUsedAt: timestamp.nullable(),
        /** Whether it has not been used for 30 days, and the key is older than that. */
        isUnused: z.boolean(),
      }),
    ),
    /** Those of the last 90 days, the latest first. */
    addresses: z.array(
      z.object({ ipAddress: z.string(), firstUsedAt: timestamp, lastUsedAt: timestamp, useCount: z.number() }),
    ),
    month: z.object({
      requests: z.number(),
      tokens: z.number(),
      /** US dollars. */
      cost: z.number(),
    }),
  })
  .meta({ id: 'ApiKeyUsage' })

/** A key just created or rotated: the only time that the key itself is shown. */
export const apiKeyMade = z.object({ ...apiKeyAnswer.shape, key: z.string() }).meta({ id: 'ApiKeyMade' })

export const roleAnswer = z
  .object({
    name: z.string(),
    description: z.string(),
    isSeeded: z.boolean(),
    createdAt: timestamp,
    permissions: z.array(z.string()),
    userCount: z.number(),
  })
  .meta({ id: 'Role' })

export const permissionAnswer = z
  .object({ name: z.string(), description: z.string(), isSeeded: z.boolean() })
  .meta({ id: 'Permission' })

import { z } from 'zod'
import { emailField } from './account.ts'
import { idField } from './ids.ts'
import { timestamp } from './time.ts'
import { worldRoles } from './worldRole.ts'

export const maxInvitationUses = 1000
export const maxInvitationDays = 90
/** How many can be open at once in a world. */
export const maxInvitations = 100

/** The roles that can be given. There is one owner, who can transfer the world. */
export const givenRoles = ['viewer', 'editor'] as const
export type GivenRole = (typeof givenRoles)[number]

const roleField = z.enum(givenRoles, { error: 'Must be viewer or editor' })

export const memberListInput = z.strictObject({ worldId: idField })
export const memberUpdateInput = z.strictObject({ worldId: idField, userId: idField, role: roleField })
export const memberRemoveInput = z.strictObject({ worldId: idField, userId: idField })
export const memberLeaveInput = z.strictObject({ worldId: idField })
export const worldTransferInput = z.strictObject({ id: idField, userId: idField })

export const invitationCreateInput = z
  .strictObject({
    worldId: idField,
    role: roleField,
    /** Who to mail the link to. It can then be used once. */
    email: emailField.optional(),
    /** How many people can join with the link. */
    maxUses: z
      .int('Must be a whole number')
      .min(1, 'Must be at least 1')
      .max(maxInvitationUses, `Must be at most ${maxInvitationUses}`)
      .default(1),
    expiresInDays: z
      .int('Must be a whole number')
      .min(1, 'Must be at least 1')
      .max(maxInvitationDays, `Must be at most ${maxInvitationDays}`)
      .default(7),
  })
  .refine(({ email, maxUses }) => !email || maxUses === 1, {
    path: ['maxUses'],
    message: 'A link that is mailed is for one person',
  })
export const invitationListInput = z.strictObject({ worldId: idField })
export const invitationRevokeInput = z.strictObject({ id: idField })
export const invitationTokenInput = z.strictObject({ token: z.string().max(200) })

const worldRole = z.enum(worldRoles)

export const memberAnswer = z
  .object({
    userId: idField,
    displayName: z.string(),
    /** Shown to the owner only. */
    email: z.string().nullable(),
    role: worldRole,
    createdAt: timestamp,
  })
  .meta({ id: 'Member' })

export const invitationAnswer = z
  .object({
    id: idField,
    worldId: idField,
    role: worldRole,
    email: z.string().nullable(),
    maxUses: z.int(),
    useCount: z.int(),
    createdAt: timestamp,
    expiresAt: timestamp,
    invitedBy: z.string(),
  })
  .meta({ id: 'Invitation' })

/** A new invitation: the only time that its link is shown. */
export const invitationMade = z
  .object({
    ...invitationAnswer.shape,
    link: z.url(),
    /** Whether it was mailed. If not, the link has to be passed on by hand. */
    mailed: z.boolean(),
  })
  .meta({ id: 'InvitationMade' })

/** What somebody with the link is shown. */
export const invitationShown = z
  .object({
    worldId: idField,
    worldName: z.string(),
    role: worldRole,
    invitedBy: z.string(),
    expiresAt: timestamp,
    /** The caller's role, if already a member. */
    currentRole: worldRole.nullable(),
  })
  .meta({ id: 'InvitationShown' })

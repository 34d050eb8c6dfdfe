import { z } from 'zod'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { searchField } from './text.ts'
import { timeField } from './time.ts'

/** The actions that are audited. */
export const auditActions = [
  'signIn',
  'signOut',
  'signUp',
  'session.revoke',
  'session.revokeOthers',
  'account.link',
  'account.unlink',
  'profile.update',
  'password.change',
  'password.requestReset',
  'password.reset',
  'email.verify',
  'token.issue',
  'token.reuse',
  'apiKey.create',
  'apiKey.update',
  'apiKey.rotate',
  'apiKey.activate',
  'apiKey.deactivate',
  'apiKey.delete',
  'apiKey.leak',
  'user.create',
  'user.activate',
  'user.deactivate',
  'user.assignRole',
  'user.removeRole',
  'role.create',
  'role.update',
  'role.addPermission',
  'role.removePermission',
  'role.delete',
  'permission.create',
  'permission.delete',
  'signingKey.rotate',
  'world.delete',
  'world.restore',
  'entity.create',
  'entity.update',
  'entity.delete',
  'entity.restore',
  'member.invite',
  'member.join',
  'member.update',
  'member.remove',
  'member.leave',
  'member.revokeInvitation',
  'world.transfer',
  'shareLink.create',
  'shareLink.open',
  'shareLink.revoke',
  'webhook.create',
  'webhook.update',
  'webhook.rotate',
  'webhook.delete',
  'job.retry',
  'job.discard',
  'webhook.retry',
  'user.update',
  'user.delete',
  'secondFactor.add',
  'secondFactor.remove',
  'secondFactor.reset',
  'secondFactor.check',
  'recoveryCodes.create',
  'recoveryCode.use',
  'session.confirm',
  'changeSet.propose',
  'changeSet.confirm',
  'changeSet.dismiss',
  'grant.create',
  'grant.revoke',
  'grant.reuse',
  'oauthClient.create',
  'oauthClient.delete',
] as const
export type AuditAction = (typeof auditActions)[number]

export const auditFilters = {
  action: z.enum(auditActions, { error: 'Must be an action that is logged' }).optional(),
  outcome: z.enum(['success', 'failure'], { error: 'Must be success or failure' }).optional(),
  actorId: idField.optional(),
  /** At or after this time. */
  from: timeField.optional(),
  /** Before this time. */
  to: timeField.optional(),
  /** Only events that contain this in the actor's or subject's name, the IP address or the request id. */
  search: searchField.optional(),
}

export const auditListInput = z.strictObject({ ...pageInput, ...auditFilters }).prefault({})
export const auditExportInput = z.strictObject(auditFilters)

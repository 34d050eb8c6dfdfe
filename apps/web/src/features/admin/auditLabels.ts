import type { AuditAction } from '@worldloom/schema/audit'
import * as words from './words.ts'

/** The audited actions in words. */
export const auditLabels: Record<AuditAction, string> = {
  signIn: words.signedIn,
  signOut: words.signedOut,
  signUp: words.madeAnAccount,
  'session.revoke': words.signedADeviceOut,
  'session.revokeOthers': words.signedOtherDevicesOut,
  'account.link': words.linkedAnAccount,
  'account.unlink': words.unlinkedAnAccount,
  'profile.update': words.changedTheProfile,
  'password.change': words.changedThePassword,
  'password.requestReset': words.askedToResetThePassword,
  'password.reset': words.resetThePassword,
  'email.verify': words.confirmedAnAddress,
  'token.issue': words.tookAnAccessToken,
  'token.reuse': words.reusedARefreshToken,
  'apiKey.create': words.madeAnApiKey,
  'apiKey.update': words.changedAnApiKey,
  'apiKey.rotate': words.rotatedAnApiKey,
  'apiKey.activate': words.activatedAnApiKey,
  'apiKey.deactivate': words.deactivatedAnApiKey,
  'apiKey.delete': words.deletedAnApiKey,
  'user.create': words.madeAnAccountForSomebody,
  'user.activate': words.activatedSomebody,
  'user.deactivate': words.deactivatedSomebody,
  'user.assignRole': words.grantedARole,
  'user.removeRole': words.removedARole,
  'role.create': words.madeARole,
  'role.update': words.changedARole,
  'role.addPermission': words.addedAPermissionToA,
  'role.removePermission': words.removedAPermissionFromA,
  'role.delete': words.deletedARole,
  'permission.create': words.madeAPermission,
  'permission.delete': words.deletedAPermission,
  'signingKey.rotate': words.rotatedTheSigningKey,
  'world.delete': words.deletedAWorld,
  'entity.create': words.addedAnEntryThroughThe,
  'entity.update': words.changedAnEntryThroughThe,
  'entity.delete': words.deletedSomethingInAWorld,
  'entity.restore': words.restoredSomethingInAWorld,
  'member.invite': words.invitedToAWorld,
  'member.join': words.joinedAWorld,
  'member.update': words.changedAMembersRole,
  'member.remove': words.removedAMember,
  'member.leave': words.leftAWorld,
  'member.revokeInvitation': words.revokedAnInvitation,
  'world.transfer': words.transferredAWorld,
  'shareLink.create': words.madeAShareLink,
  'shareLink.open': words.openedAShareLink,
  'shareLink.revoke': words.revokedAShareLink,
  'webhook.create': words.addedAWebhook,
  'webhook.update': words.changedAWebhook,
  'webhook.rotate': words.gaveAWebhookAnotherSecret,
  'webhook.delete': words.deletedAWebhook,
  'job.retry': words.triedAJobAgain,
  'job.discard': words.gaveAJobUp,
  'webhook.retry': words.triedAWebhookAgain,
  'user.update': words.changedSomebodysNames,
  'user.delete': words.deletedAnAccount,
  'changeSet.propose': words.proposedChanges,
  'changeSet.confirm': words.confirmedProposedChanges,
  'changeSet.dismiss': words.dismissedProposedChanges,
  'world.restore': words.restoredAWorld,
}

/** An action's label; an action that this page does not know is shown as it is. */
export function auditLabel(action: string): string {
  return isAuditAction(action) ? auditLabels[action] : action
}

export function isAuditAction(action: unknown): action is AuditAction {
  return typeof action === 'string' && Object.hasOwn(auditLabels, action)
}

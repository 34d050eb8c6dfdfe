import type { AuditAction } from '@worldloom/schema/audit'

/** The audited actions in words. */
export const auditLabels: Record<AuditAction, string> = {
  signIn: 'Signed in',
  signOut: 'Signed out',
  signUp: 'Made an account',
  'session.revoke': 'Signed a device out',
  'session.revokeOthers': 'Signed other devices out',
  'account.link': 'Linked an account',
  'account.unlink': 'Unlinked an account',
  'profile.update': 'Changed the profile',
  'password.change': 'Changed the password',
  'password.requestReset': 'Asked to reset the password',
  'password.reset': 'Reset the password',
  'email.verify': 'Confirmed an address',
  'token.issue': 'Took an access token',
  'token.reuse': 'Reused a refresh token',
  'apiKey.create': 'Made an API key',
  'apiKey.update': 'Changed an API key',
  'apiKey.rotate': 'Rotated an API key',
  'apiKey.activate': 'Activated an API key',
  'apiKey.deactivate': 'Deactivated an API key',
  'apiKey.delete': 'Deleted an API key',
  'user.create': 'Made an account for somebody',
  'user.activate': 'Activated somebody',
  'user.deactivate': 'Deactivated somebody',
  'user.assignRole': 'Granted a role',
  'user.removeRole': 'Removed a role',
  'role.create': 'Made a role',
  'role.update': 'Changed a role',
  'role.addPermission': 'Added a permission to a role',
  'role.removePermission': 'Removed a permission from a role',
  'role.delete': 'Deleted a role',
  'permission.create': 'Made a permission',
  'permission.delete': 'Deleted a permission',
  'signingKey.rotate': 'Rotated the signing key',
  'world.delete': 'Deleted a world',
  'entity.create': 'Added an entry through the chat',
  'entity.update': 'Changed an entry through the chat',
  'entity.delete': 'Deleted something in a world',
  'entity.restore': 'Restored something in a world',
  'member.invite': 'Invited to a world',
  'member.join': 'Joined a world',
  'member.update': 'Changed a member’s role',
  'member.remove': 'Removed a member',
  'member.leave': 'Left a world',
  'member.revokeInvitation': 'Revoked an invitation',
  'world.transfer': 'Transferred a world',
  'shareLink.create': 'Made a share link',
  'shareLink.open': 'Opened a share link',
  'shareLink.revoke': 'Revoked a share link',
  'webhook.create': 'Added a webhook',
  'webhook.update': 'Changed a webhook',
  'webhook.rotate': 'Gave a webhook another secret',
  'webhook.delete': 'Deleted a webhook',
  'user.update': 'Changed somebody’s names',
  'user.delete': 'Deleted an account',
  'world.restore': 'Restored a world',
}

/** An action's label; an action that this page does not know is shown as it is. */
export function auditLabel(action: string): string {
  return isAuditAction(action) ? auditLabels[action] : action
}

export function isAuditAction(action: unknown): action is AuditAction {
  return typeof action === 'string' && Object.hasOwn(auditLabels, action)
}

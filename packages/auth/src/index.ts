export {
  type Access,
  anyCredential,
  type Credential,
  checkAccess,
  type Deprecation,
  type PrincipalAccess,
  type PrincipalOf,
  type PublicAccess,
  requirePermission,
} from './access.ts'
export { type AccessTokenSettings, AccessTokens } from './accessTokens.ts'
export { dropApiKeyPermissions, findApiKeyUsage, reportLeakedKey } from './apiKeys/care.ts'
export { warnOfExpiringKeys } from './apiKeys/expiry.ts'
export {
  createApiKey,
  deleteApiKey,
  findApiKeyById,
  listApiKeys,
  rotateApiKey,
  setApiKeyActive,
  updateApiKey,
} from './apiKeys/manage.ts'
export { deleteOldAddresses } from './apiKeys/usage.ts'
export { ApiLimit, type LimitState } from './apiLimit.ts'
export {
  type ClientDependencies,
  createClient,
  deleteClient,
  findClient,
  listClients,
  saveClient,
} from './apps/clients.ts'
export { createGrant, deleteExpiredGrants, endGrant, listGrants, revokeGrant } from './apps/grants.ts'
export { type Actor, type AuditEvent, actorColumns, actorOf, type Origin, operator, recordEvent } from './audit.ts'
export { listAuditEvents, streamAuditEvents } from './auditLog.ts'
export { Authenticator } from './authenticator.ts'
export { ChangeListener, type ChangeListenerOptions, type ListenerState, NotHeardError } from './changeListener.ts'
export { deviceName } from './deviceName.ts'
export { findUserGrants, userRoleNames } from './grants.ts'
export { letters } from './mail/letters.ts'
export { type Mail, Mailer, MailSender, mailJob, type Post, verifyMailServer } from './mail/mailer.ts'
export { linkPath, listAccounts, unlinkAccount } from './oauth/accounts.ts'
export { SignInError } from './oauth/errors.ts'
export type { IdentityProvider, ProviderClient } from './oauth/provider.ts'
export { entraProvider } from './oauth/providers/entra.ts'
export { facebookProvider } from './oauth/providers/facebook.ts'
export { githubProvider } from './oauth/providers/github.ts'
export { googleProvider } from './oauth/providers/google.ts'
export { type OidcProviderOptions, oidcProvider } from './oauth/providers/oidc.ts'
export { type AdmissionPolicy, requireAdmission } from './oauth/provisioning.ts'
export { beginSignIn, completeSignIn, type SignInDependencies } from './oauth/signIn.ts'
export { deleteExpiredTokens } from './oneTimeTokens.ts'
export { changePassword, requestPasswordReset, resetPassword, setPassword } from './passwords/change.ts'
export { checkPassword, type PasswordDependencies } from './passwords/signIn.ts'
export { createUserWithPassword, requestVerification, signUp, verifyEmail } from './passwords/signUp.ts'
export {
  type AnonymousPrincipal,
  type ApiKeyPrincipal,
  anonymous,
  type BearerPrincipal,
  type KnownPrincipal,
  type Principal,
  type PrincipalUser,
  type SessionPrincipal,
} from './principal.ts'
export { addressKey, type RateLimiting, RateLimits } from './rateLimits.ts'
export { safeRedirect } from './redirect.ts'
export {
  addPermission,
  createPermission,
  createRole,
  deletePermission,
  deleteRole,
  findRole,
  findRolesWith,
  listPermissions,
  listRoles,
  removePermission,
  updateRole,
} from './roles.ts'
export { deriveKey, SealedText } from './sealedText.ts'
export { countedTry } from './secondFactors/countedTry.ts'
export {
  allowsPasskeys,
  checkPasskey,
  passkeyCreationOptions,
  passkeyRequestOptions,
} from './secondFactors/passkeys.ts'
export {
  awaitSecondFactor,
  findPendingSignIn,
  type PendingSignIn,
  takePendingSignIn,
} from './secondFactors/pending.ts'
export {
  addPasskey,
  confirmSession,
  confirmTotp,
  findSecondFactorWays,
  hasSecondFactor,
  listSecondFactors,
  removePasskey,
  removeTotp,
  renamePasskey,
  replaceRecoveryCodes,
  resetSecondFactors,
  type SecondFactorDependencies,
  setUpTotp,
  takeSecondFactorCode,
} from './secondFactors/secondFactors.ts'
export { createSecretToken, hashSecretToken, isSecretToken } from './secretToken.ts'
export {
  createSession,
  type Device,
  deleteExpiredSessions,
  deleteSessionByToken,
  listSessions,
  revokeAllSessions,
  revokeOtherSessions,
  revokeSession,
  type SessionTimeouts,
} from './sessions.ts'
export { deleteExpiredSigningKeys, jwksMaxAgeSeconds, SigningKeys, UnreadableSigningKeyError } from './signingKeys.ts'
export {
  type GrantedTokens,
  grantByPassword,
  grantByRefreshToken,
  InvalidGrantError,
  type TokenDependencies,
} from './tokenGrants.ts'
export { actionPermissions, tryRole } from './tryRole.ts'
export { findUserById, listUsers } from './userDirectory.ts'
export { createUserFor, deleteUser, giveRole, setUserActive, takeRole, updateProfile, updateUser } from './users.ts'

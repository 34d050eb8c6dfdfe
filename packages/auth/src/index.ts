export { ProviderDiscovery } from './oauth/discovery.ts'
export { SignInError } from './oauth/errors.ts'
export type { OidcProvider } from './oauth/provider.ts'
export { beginSignIn, completeSignIn, type SignedIn, type SignInDependencies } from './oauth/signIn.ts'
export {
  type AnonymousPrincipal,
  anonymous,
  type Principal,
  type PrincipalUser,
  type SessionPrincipal,
} from './principal.ts'
export { safeRedirect } from './redirect.ts'
export {
  createSession,
  type Device,
  deleteExpiredSessions,
  deleteSessionByToken,
  listSessions,
  revokeOtherSessions,
  revokeSession,
  SessionAuthenticator,
  type SessionTimeouts,
} from './sessions.ts'

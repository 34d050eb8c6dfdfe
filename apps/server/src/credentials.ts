import {
  type Authenticator,
  anonymous,
  checkAccess,
  isSecretToken,
  type Principal,
  type PrincipalAccess,
  type PrincipalOf,
} from '@worldloom/auth'
import { AmbiguousCredentialError, InvalidCredentialError } from '@worldloom/schema'
import type { AppContext } from './appTypes.ts'
import { clientAddress } from './clientAddress.ts'
import type { SessionCookie } from './sessionCookie.ts'

/** Whether a request has an explicit credential. If so, its cookies are never read. */
export function hasOwnCredential(c: AppContext): boolean {
  return c.req.header('authorization') !== undefined || c.req.header('x-api-key') !== undefined
}

/** @throws {AmbiguousCredentialError} if there are two, as it must not be guessed which one was meant */
export function refuseTwoCredentials(c: AppContext): void {
  if (!hasOwnCredential(c)) return
  // The raw headers, as Node keeps only the first of several Authorization headers and joins others. `headersDistinct`
  // would parse every header.
  const { rawHeaders } = c.env.incoming
  let count = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length !== 13 && name.length !== 9) continue
    const lower = name.toLowerCase()
    if (lower === 'authorization' || lower === 'x-api-key') count++
  }
  if (count > 1) throw new AmbiguousCredentialError()
}

/**
 * Resolves the caller by a key or token if one is sent, otherwise by the session cookie.
 *
 * @throws {InvalidCredentialError} for an invalid key or token; an invalid cookie counts as none
 */
export async function resolvePrincipal(
  authenticator: Authenticator,
  cookie: SessionCookie,
  c: AppContext,
  renewal: 'renewCookie' | 'keepCookie' = 'renewCookie',
): Promise<Principal> {
  const apiKey = c.req.header('x-api-key')
  // Looking somebody up again is no use of the key.
  const use = () => ({ ipAddress: clientAddress(c), isUse: renewal === 'renewCookie' })
  if (apiKey !== undefined) return await authenticator.apiKey(apiKey.trim(), use())
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const token = /^bearer +([^\s]+)$/i.exec(authorization.trim())?.[1]
    if (!token) throw new InvalidCredentialError('Authorization must be "Bearer" and an access token or an API key.')
    if (token.startsWith('wl_')) return await authenticator.apiKey(token, use())
    // Those of apps, which the authorization server has issued, are told from ours, which are JWTs, by how they look.
    if (isSecretToken(token)) return await authenticator.appToken(token, c.req.path === '/mcp' ? 'mcp' : 'api', use())
    return await authenticator.bearer(token)
  }
  const token = cookie.read(c)
  if (!token) return anonymous
  // Rule 11: a new token after their permissions have changed.
  const renew = (renewed: string, expiresAt: Date) => cookie.writeRaw(c, renewed, expiresAt)
  const principal = await authenticator.session(token, renewal === 'renewCookie' ? renew : undefined)
  return principal ?? anonymous
}

/**
 * The caller of a route that is not a procedure, checked as for a procedure.
 *
 * @throws {AmbiguousCredentialError | InvalidCredentialError}, and as {@link checkAccess}
 */
export async function requirePrincipal<const Given extends PrincipalAccess>(
  authenticator: Authenticator,
  cookie: SessionCookie,
  c: AppContext,
  access: Given,
): Promise<PrincipalOf<Given>> {
  refuseTwoCredentials(c)
  return checkAccess(await resolvePrincipal(authenticator, cookie, c), access)
}

import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { atEnd } from './atEnd.ts'
import type { Browser } from './browser.ts'

export type SocialProvider = 'google' | 'github' | 'entra' | 'facebook'

/** The person signing in at the provider, in the provider's format. */
export interface Account {
  /** Claims of the ID token (Google, Entra) or fields of the user (GitHub, Facebook). */
  readonly profile: Record<string, unknown>
  /** GitHub's list of e-mail addresses. */
  readonly emails?: readonly { email: string; primary: boolean; verified: boolean }[]
  /** The token endpoint's failure. */
  readonly token?: 'hang' | 'down' | 'malformed' | 'none'
  /** The user info endpoint's failure. */
  readonly user?: 'hang' | 'down' | 'malformed' | 'refuse'
}

interface Issued extends Account {
  readonly challenge: string | null
  readonly nonce: string | null
  used: boolean
}

export const entraTenant = '11111111-2222-3333-4444-555555555555'
export const secrets = { clientId: 'client-of-ours', clientSecret: 'a-social-secret-nobody-should-read' }

export const socialSettings = {
  GOOGLE_CLIENT_ID: secrets.clientId,
  GOOGLE_CLIENT_SECRET: secrets.clientSecret,
  GITHUB_CLIENT_ID: secrets.clientId,
  GITHUB_CLIENT_SECRET: secrets.clientSecret,
  ENTRA_CLIENT_ID: secrets.clientId,
  ENTRA_CLIENT_SECRET: secrets.clientSecret,
  FACEBOOK_CLIENT_ID: secrets.clientId,
  FACEBOOK_CLIENT_SECRET: secrets.clientSecret,
}

const hosts = [
  ...['oauth2.googleapis.com', 'www.googleapis.com', 'github.com', 'api.github.com'],
  ...['login.microsoftonline.com', 'graph.facebook.com'],
]

/**
 * Google, GitHub, Entra and Facebook on one local HTTP server, with their formats and errors. Requests of this process
 * to their hosts arrive here instead.
 */
export async function startSocialProviders() {
  const keys = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(keys.publicKey)), alg: 'RS256', use: 'sig', kid: 'social' }
  const codes = new Map<string, Issued>()
  const tokens = new Map<string, Issued>()
  const requests: { path: string; form: URLSearchParams }[] = []

  const server = createServer(async (request, response) => {
    const [, host = '', path = ''] = /^\/([^/]+)(\/[^?]*)/.exec(request.url ?? '') ?? []
    const form = new URLSearchParams(await text(request))
    requests.push({ path: `${host}${path}`, form })
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
    const fail = (how: Account['token'] | Account['user']) => {
      if (how === 'down') json(500, { error: 'internal' })
      else if (how === 'malformed')
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token": ')
      else if (how === 'none') json(200, {})
      return how !== undefined && how !== 'refuse'
    }

    if (/certs$|\/keys$/.test(path)) return json(200, { keys: [jwk] })
    if (/token$/.test(path)) {
      const issued = codes.get(form.get('code') ?? '')
      const isGood = issued && !issued.used && knowsClient(request, form) && hasVerifier(issued, form)
      if (!isGood) return refuseCode(host, json)
      issued.used = true
      if (fail(issued.token)) return
      const accessToken = randomBytes(24).toString('hex')
      tokens.set(accessToken, issued)
      const idToken = /google|microsoft/.test(host) ? await signIdToken(issued) : undefined
      return json(200, {
        access_token: accessToken,
        token_type: host === 'github.com' ? 'bearer' : 'Bearer',
        expires_in: 3599,
        ...(host === 'github.com' && { scope: 'read:user,user:email' }),
        ...(idToken && { id_token: idToken, scope: 'openid profile email' }),
      })
    }
    const accessToken = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const issued = tokens.get(accessToken)
    if (!issued || issued.user === 'refuse') {
      return host === 'api.github.com'
        ? json(401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' })
        : json(400, { error: { message: 'Invalid OAuth access token.', type: 'OAuthException', code: 190 } })
    }
    if (fail(issued.user)) return
    if (path === '/user/emails') return json(200, issued.emails ?? [])
    if (host === 'graph.facebook.com') {
      const proof = createHmac('sha256', secrets.clientSecret).update(accessToken).digest('hex')
      if (new URL(request.url ?? '', 'http://x').searchParams.get('appsecret_proof') !== proof) {
        return json(400, {
          error: { message: 'Invalid appsecret_proof provided', type: 'GraphMethodException', code: 100 },
        })
      }
    }
    return json(200, issued.profile)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // TCP, so not a pipe's name
  const restore = await redirectHosts(local)
  atEnd(() => {
    restore()
    server.closeAllConnections()
    server.close()
  })

  async function signIdToken({ profile, nonce }: Issued): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const claims = { aud: secrets.clientId, iat: now, exp: now + 3600, nonce, ...profile } as JWTPayload // wrong types are tested too
    return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'social' }).sign(keys.privateKey)
  }

  /** Goes through the provider as a person, and stops before opening the callback. */
  async function callback(
    browser: Browser,
    provider: SocialProvider,
    account: Account,
    path?: string,
  ): Promise<string> {
    const login = await browser.open(path ?? `/auth/${provider}/login?redirect=/worlds`)
    const authorize = new URL(login.headers.get('location') ?? '')
    const code = randomBytes(16).toString('hex')
    codes.set(code, {
      ...account,
      challenge: authorize.searchParams.get('code_challenge'),
      nonce: authorize.searchParams.get('nonce'),
      used: false,
    })
    const back = new URL(authorize.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', authorize.searchParams.get('state') ?? '')
    return back.href
  }

  return { requests, tokens, callback }
}

function knowsClient(request: IncomingMessage, form: URLSearchParams): boolean {
  const basic = `Basic ${Buffer.from(`${secrets.clientId}:${secrets.clientSecret}`).toString('base64')}`
  return request.headers.authorization === basic || form.get('client_secret') === secrets.clientSecret
}

function hasVerifier({ challenge }: Issued, form: URLSearchParams): boolean {
  if (challenge === null) return true
  return (
    createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url') === challenge
  )
}

/** Each reports an invalid code in its own way. */
function refuseCode(host: string, json: (status: number, body: unknown) => unknown): unknown {
  if (host === 'github.com') {
    return json(200, { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' })
  }
  if (host === 'graph.facebook.com') {
    const message = 'This authorization code has been used.'
    return json(400, { error: { message, type: 'OAuthException', code: 100, error_subcode: 36009 } })
  }
  if (host === 'login.microsoftonline.com') {
    return json(400, {
      error: 'invalid_grant',
      error_description: 'AADSTS54005: already redeemed',
      error_codes: [54005],
    })
  }
  return json(400, { error: 'invalid_grant', error_description: 'Bad Request' })
}

interface DispatchOptions {
  origin?: string | URL
  path: string
}
interface Dispatcher {
  compose(interceptor: (dispatch: Dispatch) => Dispatch): Dispatcher
}
type Dispatch = (options: DispatchOptions, handler: unknown) => boolean

/** Redirects `fetch` requests for the providers' hosts to a local server, with the host as the first path segment. */
async function redirectHosts(local: string): Promise<() => void> {
  const symbol = Symbol.for('undici.globalDispatcher.1')
  await fetch('data:,the dispatcher is made at the first use')
  const original: Dispatcher = Reflect.get(globalThis, symbol)
  const redirecting = original.compose((dispatch) => (options, handler) => {
    const host = options.origin ? new URL(options.origin).host : ''
    if (!hosts.includes(host)) return dispatch(options, handler)
    return dispatch({ ...options, origin: local, path: `/${host}${options.path}` }, handler)
  })
  Reflect.set(globalThis, symbol, redirecting)
  return () => Reflect.set(globalThis, symbol, original)
}

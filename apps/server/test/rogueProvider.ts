import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { atEnd } from './atEnd.ts'

/** The ways in which the provider misbehaves. */
export interface Misbehaviour {
  /** Changes to the ID token's claims; undefined leaves one out. */
  claims?: Record<string, unknown>
  /** Signs with an unpublished key, or not at all. */
  signature?: 'foreign' | 'none'
  /** The token endpoint's response instead. */
  token?: 'error' | 'hang' | 'malformed' | 'empty'
  /** The `iss` parameter of its callback. */
  iss?: string
  /** Redirects back with this error. */
  error?: string
  /** Does not respond to discovery. */
  down?: boolean
}

/** An OpenID provider that misbehaves as told. */
export async function startRogueProvider() {
  const own = await generateKeyPair('ES256', { extractable: true })
  const foreign = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(own.publicKey)), alg: 'ES256', use: 'sig', kid: 'rogue' }
  const state = { misbehaviour: {} as Misbehaviour, tokenRequests: [] as URLSearchParams[] }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const { misbehaviour } = state
    if (url.pathname === '/.well-known/openid-configuration') {
      if (misbehaviour.down) response.destroy()
      else {
        json(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          authorization_response_iss_parameter_supported: true,
        })
      }
    } else if (url.pathname === '/jwks') json(200, { keys: [jwk] })
    else if (url.pathname === '/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      if (misbehaviour.iss !== '') back.searchParams.set('iss', misbehaviour.iss ?? issuer)
      if (misbehaviour.error) back.searchParams.set('error', misbehaviour.error)
      else back.searchParams.set('code', url.searchParams.get('nonce') ?? '') // the code stands for its nonce
      response.writeHead(302, { location: back.href }).end()
    } else if (url.pathname === '/token') {
      let body = ''
      for await (const chunk of request) body += chunk
      const form = new URLSearchParams(body)
      state.tokenRequests.push(form)
      if (misbehaviour.token === 'hang') return
      if (misbehaviour.token === 'error') json(400, { error: 'invalid_grant' })
      else if (misbehaviour.token === 'malformed') response.writeHead(200).end('<html>')
      else if (misbehaviour.token === 'empty') json(200, {})
      else
        json(200, {
          access_token: 'a',
          token_type: 'Bearer',
          id_token: await idToken(misbehaviour, form.get('code') ?? ''),
        })
    } else json(404, {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // TCP, so not a pipe's name
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })

  async function idToken({ claims = {}, signature }: Misbehaviour, nonce: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const payload = {
      iss: issuer,
      aud: 'client',
      sub: 'subject-1',
      iat: now,
      exp: now + 300,
      nonce,
      email: 'someone@example.com',
      email_verified: true,
      name: 'Some One',
      ...claims,
    } as JWTPayload // claims of the wrong type are the point
    if (signature === 'none') return new UnsecuredJWT(payload).encode()
    const key = signature === 'foreign' ? foreign.privateKey : own.privateKey
    return await new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'rogue' }).sign(key)
  }

  return { issuer, state }
}

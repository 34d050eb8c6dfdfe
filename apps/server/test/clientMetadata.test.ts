import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import * as oauth from 'openid-client'
import { generate } from 'selfsigned'
import { describe, expect, test } from 'vitest'
import { atEnd } from './atEnd.ts'
import { startTestWorldloom, type TestWorldloom } from './worldloom.ts'

const redirectUri = 'http://127.0.0.1/callback'

/** A website with a document about an app, on this machine. */
async function startWebsite(answer: RequestListener): Promise<string> {
  const pem = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  tls.setDefaultCACertificates([...tls.getCACertificates(), pem.cert])
  const server = createServer({ key: pem.private, cert: pem.cert }, answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `https://localhost:${(server.address() as AddressInfo).port}`
}

let fetched: string[] = []
const website = await startWebsite((request, response) => {
  const { url = '' } = request
  fetched.push(url)
  const id = `${website}${url}`
  const document = {
    client_id: id,
    client_name: 'By a document',
    client_uri: `${website}/about`,
    redirect_uris: [redirectUri],
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }
  const send = (body: unknown) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(body))
  }
  if (url === '/app.json') return send(document)
  if (url === '/other.json') return send({ ...document, client_id: `${website}/app.json` })
  if (url === '/secret.json') return send({ ...document, client_secret: 'x', token_endpoint_auth_method: 'none' })
  if (url === '/script.json') return send({ ...document, redirect_uris: ['http://app.example/callback'] })
  if (url === '/large.json') return send({ ...document, client_name: 'x'.repeat(6000) })
  if (url === '/inwards.json') {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' })
    return response.end()
  }
  if (url === '/endless.json') {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"client_id":')
    const timer = setInterval(() => response.write(' '), 100)
    response.on('close', () => clearInterval(timer))
    return
  }
  response.statusCode = 404
  return response.end()
})
const { host } = new URL(website)
const trusting = await startTestWorldloom({ OAUTH_METADATA_ALLOWED_HOSTS: host, OAUTH_DYNAMIC_REGISTRATION: 'true' })
const guarded = await startTestWorldloom()

/** Where a browser ends up that an app sends there. */
async function ask(worldloom: TestWorldloom, clientId: string, redirect = redirectUri): Promise<string> {
  const url = new URL('/oauth/authorize', worldloom.url)
  url.search = new URLSearchParams({
    ...{ client_id: clientId, response_type: 'code', redirect_uri: redirect, scope: 'world:read', state: 'x' },
    code_challenge: await oauth.calculatePKCECodeChallenge(oauth.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
  }).toString()
  return (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
}

describe('an app that is known by a document at its own address', () => {
  test('asks people, who are told where the document is', async () => {
    const browser = await trusting.signIn('mira')
    const verifier = oauth.randomPKCECodeVerifier()
    const config = await oauth.discovery(new URL(trusting.url), `${website}/app.json`, undefined, oauth.None(), {
      algorithm: 'oauth2',
      execute: [oauth.allowInsecureRequests],
    })
    const url = oauth.buildAuthorizationUrl(config, {
      // The port of a program on one's own machine is whichever was free (RFC 8252 §7.3).
      redirect_uri: 'http://127.0.0.1:49152/callback',
      scope: 'world:read',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const page = (await browser.open(url.href)).headers.get('location') ?? ''
    expect(await (await browser.open(`${page}/request`)).json()).toMatchObject({
      client: { id: `${website}/app.json`, name: 'By a document', origin: 'document', uri: `${website}/about` },
      returnsTo: '127.0.0.1:49152',
    })
    const answered = await browser.open(`${page}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: trusting.url },
      body: JSON.stringify({ allow: true, permissions: ['world:read'], days: 7 }),
    })
    const { location } = (await answered.json()) as { location: string }
    const returned = new URL((await browser.open(location)).headers.get('location') ?? '')
    const tokens = await oauth.authorizationCodeGrant(config, returned, { pkceCodeVerifier: verifier })
    expect(tokens.scope).toBe('world:read')
    const [grant] = (await browser.client.grant.list.query()).items
    expect(grant?.client).toEqual({ id: `${website}/app.json`, name: 'By a document' })
  })

  test('its document is not fetched again for each request', async () => {
    fetched = []
    await ask(trusting, `${website}/app.json`)
    await ask(trusting, `${website}/app.json`)
    expect(fetched.length).toBeLessThanOrEqual(1)
  })

  test.each(['other', 'secret', 'script', 'large', 'inwards', 'endless', 'missing'])('is refused: %s', async (name) => {
    const began = Date.now()
    expect(await ask(trusting, `${website}/${name}.json`)).toMatch(
      /^\/oauth\/error\?error=invalid_(client|redirect_uri)/,
    )
    expect(Date.now() - began).toBeLessThan(10_000)
  })

  test.each([
    `${website}/app.json`,
    website.replace('localhost', '127.0.0.1'),
    'https://[::1]:1/app.json',
    'https://2130706433:1/app.json',
    'https://[::ffff:127.0.0.1]:1/app.json',
    'https://169.254.169.254/app.json',
    'https://localhost.:1/app.json',
  ])('rule 44: private addresses are not asked: %s', async (address) => {
    fetched = []
    expect(await ask(guarded, address)).toBe('/oauth/error?error=invalid_client')
    expect(fetched).toEqual([])
  })

  test('http is not asked at all, nor anything if documents are off', async () => {
    expect(await ask(trusting, website.replace('https', 'http'))).toBe('/oauth/error?error=invalid_client')
    const off = await startTestWorldloom({ OAUTH_METADATA_DOCUMENTS: 'false', OAUTH_METADATA_ALLOWED_HOSTS: host })
    fetched = []
    expect(await ask(off, `${website}/app.json`)).toBe('/oauth/error?error=invalid_client')
    expect(fetched).toEqual([])
    const metadata = await (await fetch(`${off.url}/.well-known/oauth-authorization-server`)).json()
    expect(metadata).not.toHaveProperty('client_id_metadata_document_supported')
  })
})

describe('an app that registers itself', () => {
  const register = async (worldloom: TestWorldloom, metadata: Record<string, unknown>) =>
    await fetch(`${worldloom.url}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(metadata),
    })

  test('cannot unless that is on', async () => {
    expect((await register(guarded, { redirect_uris: [redirectUri] })).status).toBe(404)
  })

  test('is known, and people are told that nobody has looked at it', async () => {
    const response = await register(trusting, {
      ...{ client_name: 'By itself', redirect_uris: ['https://app.example/callback'] },
      token_endpoint_auth_method: 'none',
    })
    expect(response.status).toBe(201)
    const { client_id: clientId } = (await response.json()) as { client_id: string }
    const browser = await trusting.signIn('mira')
    const page = await ask(trusting, clientId, 'https://app.example/callback')
    expect(page).toMatch(/^\/oauth\/interaction\//)
    const admin = await trusting.signIn('ada')
    expect((await admin.client.oauthClient.list.query()).items).toContainEqual(
      expect.objectContaining({ id: clientId, name: 'By itself', isSelfRegistered: true, registeredBy: null }),
    )
    // The page is another browser's.
    expect((await browser.open(`${page}/request`)).status).toBe(404)
  })

  test('with addresses that nobody should be sent to, is refused', async () => {
    for (const uri of ['http://app.example/callback', 'javascript:alert(1)', 'https://app.example/#x']) {
      const response = await register(trusting, { redirect_uris: [uri] })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'invalid_redirect_uri' })
    }
  })

  test('again and again, is refused for a while', async () => {
    const statuses = []
    for (let time = 0; time < 25; time++) statuses.push((await register(trusting, { redirect_uris: [] })).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

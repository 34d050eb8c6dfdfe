import { createClient, operator, SealedText } from '@worldloom/auth'
import { createWorldloomClient, readError } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import * as oauth from 'openid-client'
import { describe, expect, test } from 'vitest'
import { atEnd } from './atEnd.ts'
import type { Browser } from './browser.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
atEnd(close)
const admin = await worldloom.signIn('ada')
const mira = await worldloom.signIn('mira')
const redirectUri = 'https://app.example/callback'
const { id: worldId } = await mira.client.world.create.mutate({ name: 'Granted' })
const { id: otherWorldId } = await mira.client.world.create.mutate({ name: 'Not granted' })
const me = await mira.client.me.get.query()

const registered = await admin.client.oauthClient.create.mutate({ name: 'Sketchbook', redirectUris: [redirectUri] })
const app = await discover(registered.id)

/** An app, as any library would see this server. */
async function discover(clientId: string, secret?: string): Promise<oauth.Configuration> {
  const authentication = secret === undefined ? oauth.None() : oauth.ClientSecretBasic(secret)
  const options: oauth.DiscoveryRequestOptions = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] }
  return await oauth.discovery(new URL(worldloom.url), clientId, undefined, authentication, options)
}

interface Begun {
  readonly uid: string
  readonly verifier: string
  readonly state: string
}

/** Sends a browser to ask for access, up to the page that asks its person. */
async function begin(
  browser: Browser,
  parameters: Record<string, string> = {},
  config: oauth.Configuration = app,
): Promise<Begun> {
  const verifier = oauth.randomPKCECodeVerifier()
  const state = oauth.randomState()
  const url = oauth.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'world:read entity:read',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    ...parameters,
  })
  const response = await browser.open(url.href)
  const [, uid = ''] = /^\/oauth\/interaction\/([\w-]+)$/.exec(response.headers.get('location') ?? '') ?? []
  if (!uid)
    throw new Error(`not asked: ${response.status} ${response.headers.get('location')} ${await response.text()}`)
  return { uid, verifier, state }
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: worldloom.url },
  body: JSON.stringify(body),
})

const allowed = (given: Record<string, unknown> = {}) => ({
  allow: true,
  permissions: ['world:read', 'entity:read'],
  days: 30,
  ...given,
})

/** Answers for the person, and follows the browser back to the app. */
async function answer(browser: Browser, { uid }: Begun, consent: unknown = allowed()): Promise<URL> {
  const answered = await browser.open(`/oauth/interaction/${uid}/answer`, json(consent))
  if (answered.status !== 200) throw new Error(`${answered.status}: ${await answered.text()}`)
  const { location } = (await answered.json()) as { location: string }
  const back = await browser.open(location)
  const returned = back.headers.get('location')
  if (!returned?.startsWith(redirectUri)) throw new Error(`not sent back: ${back.status} ${returned}`)
  return new URL(returned)
}

const exchange = (returned: URL, begun: Begun, config = app, parameters: Record<string, string> = {}) =>
  oauth.authorizationCodeGrant(
    config,
    returned,
    { pkceCodeVerifier: begun.verifier, expectedState: begun.state },
    parameters,
  )

/** All of it. */
async function authorized(browser = mira, consent?: unknown, parameters: Record<string, string> = {}, config = app) {
  const begun = await begin(browser, parameters, config)
  return await exchange(await answer(browser, begun, consent), begun, config)
}

const withToken = (token: string) => createWorldloomClient({ url: worldloom.url, token })
const get = (path: string, token: string) =>
  fetch(new URL(path, worldloom.url), { headers: { authorization: `Bearer ${token}` } })
/** What ends a token holds on every server at the next request after the notification. */
const refusedSoon = (token: string) => expect.poll(async () => (await get('/api/v1/worlds', token)).status).toBe(401)
/** The `error` of what a library throws for a response that refuses. */
const refusal = (error: unknown) => {
  const { error: code, cause } = error as { error?: string; cause?: { parameters: { error?: string } }[] }
  return code ?? cause?.[0]?.parameters.error
}
const grantsOf = async (browser = mira) => (await browser.client.grant.list.query()).items

describe('metadata', () => {
  test('says where everything is, for OAuth and for OpenID Connect', async () => {
    for (const document of ['oauth-authorization-server', 'openid-configuration']) {
      const metadata = await (await fetch(`${worldloom.url}/.well-known/${document}`)).json()
      expect(metadata).toMatchObject({
        issuer: worldloom.url,
        authorization_endpoint: `${worldloom.url}/oauth/authorize`,
        token_endpoint: `${worldloom.url}/oauth/token`,
        device_authorization_endpoint: `${worldloom.url}/oauth/device-authorization`,
        revocation_endpoint: `${worldloom.url}/oauth/revoke`,
        jwks_uri: `${worldloom.url}/.well-known/jwks.json`,
        code_challenge_methods_supported: ['S256'],
        response_types_supported: ['code'],
        authorization_response_iss_parameter_supported: true,
        client_id_metadata_document_supported: true,
      })
      expect(metadata).not.toHaveProperty('registration_endpoint')
    }
  })

  test('addresses are ours, whatever a request says its host is', async () => {
    const response = await fetch(`${worldloom.url}/.well-known/oauth-authorization-server`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    })
    expect(JSON.stringify(await response.json())).not.toContain('evil.example')
  })

  test('behind a proxy, addresses are https and cookies are for https alone', async () => {
    const proxied = await startTestWorldloom({ PUBLIC_URL: 'https://worlds.example', TRUSTED_PROXIES: '1' })
    const local = `http://localhost:${proxied.port}`
    const metadata = await (await fetch(`${local}/.well-known/oauth-authorization-server`)).json()
    expect(metadata).toMatchObject({
      issuer: 'https://worlds.example',
      authorization_endpoint: 'https://worlds.example/oauth/authorize',
    })
    const begun = await fetch(`${local}/oauth/device-authorization`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'worldloom-cli', scope: 'world:read' }),
    })
    expect(await begun.json()).toMatchObject({ verification_uri: 'https://worlds.example/device' })
    const asked = new URLSearchParams({
      ...{ client_id: 'worldloom-cli', response_type: 'code', redirect_uri: 'x', code_challenge_method: 'S256' },
    })
    expect((await fetch(`${local}/oauth/authorize?${asked}`, { redirect: 'manual' })).headers.get('location')).toMatch(
      /^\/oauth\/error/,
    )
    const { db: theirs, close: end } = createDatabase(proxied.database.url)
    const sealed = new SealedText('a secret that is long enough for tests', 'authorization server')
    const given = { name: 'Proxied', redirectUris: [redirectUri], isConfidential: false }
    const { id } = await createClient({ db: theirs, sealed }, operator, given)
    await end()
    const url = new URLSearchParams({
      ...{ client_id: id, response_type: 'code', redirect_uri: redirectUri, scope: 'world:read' },
      ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
    })
    const sent = await fetch(`${local}/oauth/authorize?${url}`, { redirect: 'manual' })
    expect(sent.headers.get('location')).toMatch(/^\/oauth\/interaction\//)
    const cookies = sent.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThan(2)
    for (const cookie of cookies) expect(cookie).toMatch(/; secure; httponly/i)
  })

  test('of the resources, which a refusal at /mcp leads to', async () => {
    const refused = await fetch(`${worldloom.url}/mcp`, { method: 'POST', body: '{}' })
    expect(refused.status).toBe(401)
    const [, url = ''] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? []
    expect(await (await fetch(url)).json()).toMatchObject({
      resource: `${worldloom.url}/mcp`,
      authorization_servers: [worldloom.url],
    })
    const api = await (await fetch(`${worldloom.url}/.well-known/oauth-protected-resource`)).json()
    expect(api).toMatchObject({ resource: worldloom.url })
  })
})

describe('a code', () => {
  test('the person is told what the app asks for', async () => {
    const begun = await begin(mira, { scope: 'openid email world:read entity:update role:update audit:read' })
    const asked = await (await mira.open(`/oauth/interaction/${begun.uid}/request`)).json()
    expect(asked).toEqual({
      client: {
        ...{ id: registered.id, name: 'Sketchbook', origin: 'administrator' },
        ...{ uri: null, policyUri: null, termsUri: null },
      },
      returnsTo: 'app.example',
      device: null,
      resource: 'api',
      permissions: [
        { name: 'world:read', isTheirs: true },
        { name: 'entity:update', isTheirs: true },
      ],
      identity: ['openid', 'email'],
    })
  })

  test('is exchanged for tokens that may do what was allowed, and no more', async () => {
    const tokens = await authorized(mira, allowed({ permissions: ['world:read', 'entity:read', 'world:delete'] }))
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'world:read entity:read' })
    const client = withToken(tokens.access_token)
    expect((await client.world.byId.query({ id: worldId })).name).toBe('Granted')
    const refused = await get(`/api/v1/worlds/${worldId}`, tokens.access_token)
    expect(refused.status).toBe(200)
    await expect(client.world.delete.mutate({ id: worldId, version: 1 })).rejects.toMatchObject({
      data: { reason: { kind: 'notPermitted', permission: 'world:delete', lackedBy: 'credential' } },
    })
    const [grant] = await grantsOf()
    expect(grant).toMatchObject({
      client: { id: registered.id, name: 'Sketchbook' },
      permissions: ['entity:read', 'world:read'],
      worlds: null,
    })
    // What apps hold is not among keys, and cannot be used as one.
    expect((await mira.client.apiKey.list.query()).items).toEqual([])
    expect(
      await db
        .selectFrom('apiKeys')
        .where('id', '=', grant?.id ?? '')
        .select('keyHash')
        .execute(),
    ).toEqual([{ keyHash: null }])
  })

  test('of what was asked for, a person may allow less', async () => {
    const tokens = await authorized(mira, allowed({ permissions: ['world:read'] }))
    expect(tokens.scope).toBe('world:read')
    await expect(withToken(tokens.access_token).persona.list.query({ worldId })).rejects.toMatchObject({
      data: { reason: { kind: 'notPermitted', permission: 'entity:read' } },
    })
  })

  test('reaches the worlds that were chosen, and answers for others as for those that are not there', async () => {
    const tokens = await authorized(mira, allowed({ worldIds: [worldId] }))
    const client = withToken(tokens.access_token)
    expect((await client.world.list.query({})).items.map(({ id }) => id)).toEqual([worldId])
    await expect(client.world.byId.query({ id: otherWorldId })).rejects.toMatchObject({ data: { httpStatus: 404 } })
    const begun = await begin(mira)
    const foreign = await mira.open(
      `/oauth/interaction/${begun.uid}/answer`,
      json(allowed({ worldIds: ['0198a000-0000-7000-8000-000000000000'] })),
    )
    expect(foreign.status).toBe(400)
  })

  test('nobody can give an app more than they have, also later', async () => {
    const theo = await worldloom.signIn('theo')
    const scope = 'world:read world:create'
    const begun = await begin(theo, { scope })
    const asked = await (await theo.open(`/oauth/interaction/${begun.uid}/request`)).json()
    expect(asked).toMatchObject({
      permissions: [
        { name: 'world:read', isTheirs: true },
        { name: 'world:create', isTheirs: false },
      ],
    })
    const permissions = ['world:read', 'world:create']
    const tokens = await exchange(await answer(theo, begun, allowed({ permissions })), begun)
    expect(tokens.scope).toBe('world:read')

    // With a role that has it, the app gets it, until the role is gone.
    const { id: userId } = await theo.client.me.get.query()
    await admin.client.user.assignRole.mutate({ userId, role: 'user' })
    await expect.poll(async () => (await theo.client.me.get.query()).permissions).toContain('world:create')
    const more = withToken((await authorized(theo, allowed({ permissions }), { scope })).access_token)
    await more.world.create.mutate({ name: 'By an app' })
    await admin.client.user.removeRole.mutate({ userId, role: 'user' })
    let tries = 0
    const refusedAs = async () => {
      const made = more.world.create.mutate({ name: `Too late ${tries++}` })
      return readError(await made.catch((error: unknown) => error)).reason
    }
    await expect.poll(refusedAs).toMatchObject({ kind: 'notPermitted', lackedBy: 'person' })
  })

  test('an app learns who somebody is if it asks, by a signed token with its nonce', async () => {
    const config = await discover(registered.id)
    const begun = await begin(mira, { scope: 'openid profile email', nonce: 'once' }, config)
    const returned = await answer(mira, begun, allowed({ permissions: [] }))
    const tokens = await oauth.authorizationCodeGrant(config, returned, {
      ...{ pkceCodeVerifier: begun.verifier, expectedState: begun.state, expectedNonce: 'once', idTokenExpected: true },
    })
    expect(tokens.claims()).toMatchObject({
      ...{ iss: worldloom.url, aud: registered.id, sub: me.id, nonce: 'once' },
      ...{ email: me.email, name: me.displayName },
    })
    // One that answers another request is refused by the app: the nonce is another.
    const again = await begin(mira, { scope: 'openid', nonce: 'twice' }, config)
    const answered = await answer(mira, again, allowed({ permissions: [] }))
    await expect(
      oauth.authorizationCodeGrant(config, answered, {
        ...{ pkceCodeVerifier: again.verifier, expectedState: again.state, expectedNonce: 'once' },
      }),
    ).rejects.toMatchObject({ code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' })
  })

  test('a person may refuse', async () => {
    const begun = await begin(mira)
    const returned = await answer(mira, begun, { allow: false })
    expect(returned.searchParams.get('error')).toBe('access_denied')
    expect(returned.searchParams.get('iss')).toBe(worldloom.url)
    expect(returned.searchParams.get('state')).toBe(begun.state)
  })

  test('an app with a secret has to show it', async () => {
    const made = await admin.client.oauthClient.create.mutate({
      ...{ name: 'On a server', redirectUris: [redirectUri], isConfidential: true },
    })
    expect(made.secret).toMatch(/^[\w-]{43}$/)
    const config = await discover(made.id, made.secret ?? '')
    expect((await authorized(mira, undefined, {}, config)).access_token).toBeDefined()
    const begun = await begin(mira, {}, config)
    const returned = await answer(mira, begun)
    const wrong = await discover(made.id, 'wrong')
    expect(await exchange(returned, begun, wrong).catch(refusal)).toBe('invalid_client')
    const rows = await db.selectFrom('oauthClients').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(made.secret)
  })
})

describe('rule 48: what is refused', () => {
  const errorPage = async (url: URL, browser = mira) => (await browser.open(url.href)).headers.get('location')
  const authorizationUrl = (parameters: Record<string, string>) =>
    oauth.buildAuthorizationUrl(app, {
      redirect_uri: redirectUri,
      scope: 'world:read',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      ...parameters,
    })

  test.each([
    'https://app.example/callback/',
    'https://app.example/callback?x=1',
    'https://app.example.evil.example/callback',
    'https://evil.example/callback',
    'http://app.example/callback',
    'https://app.example/callback#x',
  ])('a redirect that is not registered: %s', async (redirect_uri) => {
    expect(await errorPage(authorizationUrl({ redirect_uri }))).toMatch(/^\/oauth\/error\?error=/)
  })

  test('an app that is not known', async () => {
    expect(await errorPage(authorizationUrl({ client_id: 'nobody' }))).toBe('/oauth/error?error=invalid_client')
  })

  test('addresses that nobody should be sent to cannot be registered', async () => {
    for (const uri of [
      'http://app.example/cb',
      'javascript:alert(1)',
      'https://u:p@app.example/',
      'data:text/html,x',
    ]) {
      const registering = admin.client.oauthClient.create.mutate({ name: 'Bad', redirectUris: [uri] })
      await expect(registering).rejects.toMatchObject({ data: { reason: { kind: 'badInput' } } })
    }
  })

  test('PKCE that is missing or plain', async () => {
    const plain = new URL((await errorPage(authorizationUrl({ code_challenge_method: 'plain' }))) ?? '')
    expect(plain.searchParams.get('error')).toBe('invalid_request')
    const url = authorizationUrl({})
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    expect(new URL((await errorPage(url)) ?? '').searchParams.get('error')).toBe('invalid_request')
    const begun = await begin(mira)
    const returned = await answer(mira, begun)
    expect(await exchange(returned, { ...begun, verifier: 'x'.repeat(43) }).catch(refusal)).toBe('invalid_grant')
  })

  test('a code used twice, which ends what it gave', async () => {
    const begun = await begin(mira)
    const returned = await answer(mira, begun)
    const tokens = await exchange(returned, begun)
    expect((await get('/api/v1/me', tokens.access_token)).status).toBe(403)
    expect((await get('/api/v1/worlds', tokens.access_token)).status).toBe(200)
    expect(await exchange(returned, begun).catch(refusal)).toBe('invalid_grant')
    await refusedSoon(tokens.access_token)
    expect(await oauth.refreshTokenGrant(app, tokens.refresh_token ?? '').catch(refusal)).toBe('invalid_grant')
    const { items } = await admin.client.audit.list.query({ action: 'grant.reuse' })
    expect(items[0]).toMatchObject({ outcome: 'failure', subjectName: 'Sketchbook' })
  })

  test('a code sent several times at once works once at most, and what it gave ends', async () => {
    const begun = await begin(mira)
    const returned = await answer(mira, begun)
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => exchange(returned, begun)))
    const given = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(given.length).toBeLessThanOrEqual(1)
    for (const { access_token } of given) await refusedSoon(access_token)
  })

  test('an answer of another issuer, and a state that is not the one that was sent', async () => {
    const begun = await begin(mira)
    const returned = await answer(mira, begun)
    const mixed = new URL(returned)
    mixed.searchParams.set('iss', 'https://evil.example')
    await expect(exchange(mixed, begun)).rejects.toMatchObject({ cause: { message: expect.stringMatching(/iss/) } })
    await expect(exchange(returned, { ...begun, state: 'another' })).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/state/) },
    })
    // The sign-in itself cannot be answered a second time.
    const again = await mira.open(`/oauth/interaction/${begun.uid}/answer`, json(allowed()))
    expect(again.status).toBe(404)
  })

  test('a token for another resource', async () => {
    const forMcp = await authorized(mira, undefined, { resource: `${worldloom.url}/mcp` })
    const refused = await get('/api/v1/worlds', forMcp.access_token)
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('for another resource') })
    const forApi = await authorized()
    const atMcp = await fetch(`${worldloom.url}/mcp`, {
      ...{ method: 'POST', body: '{}' },
      headers: { authorization: `Bearer ${forApi.access_token}`, 'content-type': 'application/json' },
    })
    expect(atMcp.status).toBe(401)
    const elsewhere = authorizationUrl({ resource: 'https://elsewhere.example' })
    expect(new URL((await errorPage(elsewhere)) ?? '').searchParams.get('error')).toBe('invalid_target')
  })

  test('an app that asks for more when it renews its token', async () => {
    const tokens = await authorized(mira, allowed({ permissions: ['world:read'] }))
    const asked = oauth.refreshTokenGrant(app, tokens.refresh_token ?? '', { scope: 'world:read world:delete' })
    expect(await asked.catch(refusal)).toBe('invalid_scope')
    const moved = oauth.refreshTokenGrant(app, tokens.refresh_token ?? '', { resource: `${worldloom.url}/mcp` })
    expect(await moved.catch(refusal)).toBe('invalid_target')
  })

  test('consent in a frame, by a script of another origin, without a recent sign-in, or by a program', async () => {
    const tokens = await authorized()
    const begun = await begin(mira)
    const page = await mira.open(`/oauth/interaction/${begun.uid}`)
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    const answering = `/oauth/interaction/${begun.uid}/answer`
    const foreign = {
      ...json(allowed()),
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    }
    expect((await mira.open(answering, foreign)).status).toBe(403)
    const form = { method: 'POST', headers: { origin: worldloom.url }, body: new URLSearchParams({ allow: 'true' }) }
    expect((await mira.open(answering, form)).status).toBe(415)
    const { id } = (await mira.client.session.list.query()).find(({ isCurrent }) => isCurrent) ?? {}
    const confirmedAt = new Date(Date.now() - 11 * 60_000)
    await db
      .updateTable('sessions')
      .set({ confirmedAt })
      .where('id', '=', id ?? '')
      .execute()
    const confirmed = async () =>
      (await mira.open('/oauth/device/answer', json({ userCode: 'none', answer: { allow: false } }))).status
    await expect.poll(confirmed).toBe(403)
    const stale = await mira.open(answering, json(allowed()))
    expect(stale.status).toBe(403)
    expect(await stale.json()).toMatchObject({ reason: { kind: 'signInAgain' } })
    await mira.signIn('mira')
    const byProgram = await fetch(`${worldloom.url}${answering}`, {
      ...json(allowed()),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.access_token}` },
    })
    expect(byProgram.status).toBe(403)
    expect((await answer(mira, begun)).searchParams.get('code')).toBeTruthy()
  })

  test('an answer in another browser than the one that the app sent here', async () => {
    const attacker = worldloom.browser()
    const begun = await begin(attacker)
    const answered = await mira.open(`/oauth/interaction/${begun.uid}/answer`, json(allowed()))
    expect(answered.status).toBe(404)
  })

  test('an app never gets what would let it gain more', async () => {
    const begun = await begin(mira, {
      scope: 'world:read apiKey:create session:read grant:create member:update job:read',
    })
    const asked = (await (await mira.open(`/oauth/interaction/${begun.uid}/request`)).json()) as {
      permissions: unknown
    }
    expect(asked.permissions).toEqual([{ name: 'world:read', isTheirs: true }])
  })
})

describe('refresh tokens', () => {
  test('rotate, and one that is used twice ends everything', async () => {
    const first = await authorized()
    const second = await oauth.refreshTokenGrant(app, first.refresh_token ?? '')
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await get('/api/v1/worlds', second.access_token)).status).toBe(200)
    expect(await oauth.refreshTokenGrant(app, first.refresh_token ?? '').catch(refusal)).toBe('invalid_grant')
    await refusedSoon(second.access_token)
    expect(await oauth.refreshTokenGrant(app, second.refresh_token ?? '').catch(refusal)).toBe('invalid_grant')
  })

  test('less may be asked for', async () => {
    const tokens = await authorized()
    const less = await oauth.refreshTokenGrant(app, tokens.refresh_token ?? '', { scope: 'world:read' })
    expect(less.scope).toBe('world:read')
    await expect(withToken(less.access_token).persona.list.query({ worldId })).rejects.toMatchObject({
      data: { reason: { kind: 'notPermitted', permission: 'entity:read' } },
    })
  })

  test('of another app, and of somebody deactivated, are refused', async () => {
    const other = await admin.client.oauthClient.create.mutate({ name: 'Other', redirectUris: [redirectUri] })
    const tokens = await authorized()
    const stolen = oauth.refreshTokenGrant(await discover(other.id), tokens.refresh_token ?? '')
    expect(await stolen.catch(refusal)).toBe('invalid_grant')
    await admin.client.user.deactivate.mutate({ id: me.id })
    await refusedSoon(tokens.access_token)
    expect(await oauth.refreshTokenGrant(app, tokens.refresh_token ?? '').catch(refusal)).toBe('invalid_grant')
    await admin.client.user.activate.mutate({ id: me.id })
    await mira.signIn('mira')
  })
})

describe('grants', () => {
  test('are taken away at once, by their owner alone', async () => {
    const tokens = await authorized()
    const [grant] = await grantsOf()
    const id = grant?.id ?? ''
    await expect(admin.client.grant.revoke.mutate({ id })).rejects.toMatchObject({ data: { httpStatus: 404 } })
    expect((await get('/api/v1/worlds', tokens.access_token)).status).toBe(200)
    await mira.client.grant.revoke.mutate({ id })
    await refusedSoon(tokens.access_token)
    expect(await oauth.refreshTokenGrant(app, tokens.refresh_token ?? '').catch(refusal)).toBe('invalid_grant')
    expect((await grantsOf()).some((kept) => kept.id === id)).toBe(false)
    const { items } = await admin.client.audit.list.query({ action: 'grant.revoke' })
    expect(items[0]).toMatchObject({ actorName: me.displayName, subjectName: 'Sketchbook' })
  })

  test.each(['access_token', 'refresh_token'] as const)('are given back by the app, with its %s', async (kind) => {
    const tokens = await authorized()
    const before = (await grantsOf()).length
    await oauth.tokenRevocation(app, tokens[kind] ?? '')
    await refusedSoon(tokens.access_token)
    expect((await grantsOf()).length).toBe(before - 1)
  })

  test('end when their app is removed', async () => {
    const gone = await admin.client.oauthClient.create.mutate({ name: 'Gone', redirectUris: [redirectUri] })
    const config = await discover(gone.id)
    const tokens = await authorized(mira, undefined, {}, config)
    const { items } = await admin.client.oauthClient.list.query()
    expect(items.find(({ id }) => id === gone.id)).toMatchObject({
      ...{ name: 'Gone', grants: 1, isSelfRegistered: false, redirectUris: [redirectUri] },
    })
    await admin.client.oauthClient.delete.mutate({ id: gone.id })
    await refusedSoon(tokens.access_token)
    expect(await oauth.refreshTokenGrant(config, tokens.refresh_token ?? '').catch(refusal)).toBe('invalid_client')
    await expect(mira.client.oauthClient.list.query()).rejects.toMatchObject({
      data: { reason: { kind: 'notPermitted', permission: 'oauthClient:read' } },
    })
  })

  test('end on the day that was chosen', async () => {
    const tokens = await authorized(mira, allowed({ days: 1 }))
    const [grant] = await grantsOf()
    expect(Date.parse(String(grant?.expiresAt)) - Date.now()).toBeGreaterThan(23 * 3_600_000)
    const ended = new Date(Date.now() - 1000)
    await db
      .updateTable('apiKeys')
      .set({ expiresAt: ended })
      .where('id', '=', grant?.id ?? '')
      .execute()
    await refusedSoon(tokens.access_token)
  })

  test('nothing that lets anybody in is kept as it is', async () => {
    const begun = await begin(mira)
    const returned = await answer(mira, begun)
    const tokens = await exchange(returned, begun)
    const kept = JSON.stringify(await db.selectFrom('oauthRecords').selectAll().execute())
    for (const secret of [returned.searchParams.get('code'), tokens.access_token, tokens.refresh_token]) {
      expect(kept).not.toContain(secret)
      expect(worldloom.log.join('')).not.toContain(secret)
    }
  })
})

describe('devices', () => {
  const start = async (parameters: Record<string, string> = { scope: 'world:read entity:read' }) =>
    await oauth.initiateDeviceAuthorization(await discover('worldloom-cli'), parameters)
  const poll = async (begun: Awaited<ReturnType<typeof start>>) =>
    await oauth.pollDeviceAuthorizationGrant(await discover('worldloom-cli'), { ...begun, interval: 1 })

  test('are let in by the code that they show', async () => {
    const begun = await start()
    expect(begun.verification_uri).toBe(`${worldloom.url}/device`)
    expect(begun.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/)
    const polling = poll(begun)
    const asked = await mira.open('/oauth/device/request', json({ userCode: begun.user_code.toLowerCase() }))
    expect(await asked.json()).toMatchObject({
      client: { id: 'worldloom-cli', name: 'Worldloom command line', origin: 'builtIn' },
      device: { ipAddress: expect.stringMatching(/127\.0\.0\.1|::1/) },
      returnsTo: null,
    })
    const answered = await mira.open('/oauth/device/answer', json({ userCode: begun.user_code, answer: allowed() }))
    expect(answered.status).toBe(204)
    const tokens = await polling
    expect(tokens.scope).toBe('world:read entity:read')
    expect((await get('/api/v1/worlds', tokens.access_token)).status).toBe(200)
    const cli = await discover('worldloom-cli')
    expect((await oauth.refreshTokenGrant(cli, tokens.refresh_token ?? '')).access_token).toBeDefined()
    // Once.
    const again = await mira.open('/oauth/device/answer', json({ userCode: begun.user_code, answer: allowed() }))
    expect(again.status).toBe(409)
    expect(await poll(begun).catch(refusal)).toBe('invalid_grant')
  })

  test('are refused', async () => {
    const begun = await start()
    const polling = poll(begun).catch(refusal)
    await mira.open('/oauth/device/answer', json({ userCode: begun.user_code, answer: { allow: false } }))
    expect(await polling).toBe('access_denied')
  })

  test('codes that are guessed: ten by one person, then none', async () => {
    const theo = await worldloom.signIn('theo')
    const guess = async (userCode: string) => (await theo.open('/oauth/device/request', json({ userCode }))).status
    const statuses = await Promise.all(
      Array.from({ length: 100 }, (_, index) => guess(`BBBB-${String(index).padStart(4, 'C')}`)),
    )
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(10)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(90)
    const begun = await start()
    expect(await guess(begun.user_code)).toBe(429)
  })
})

import { generateKeyPairSync } from 'node:crypto'
import { createUserWithPassword, operator, SigningKeys } from '@worldloom/auth'
import { createWorldloomClient, isWorldloomError } from '@worldloom/client'
import { InvalidTokenError, verifyWorldloomToken } from '@worldloom/client/verify'
import { createDatabase } from '@worldloom/db'
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { startTestWorldloom } from './worldloom.ts'

const appSecret = 'a secret that is long enough for tests'
const worldloom = await startTestWorldloom({ PASSWORD_SIGN_IN: 'true', LOCAL_IDENTITY: 'true' })
const second = await startTestWorldloom({ DATABASE_URL: worldloom.database.url, PUBLIC_URL: worldloom.url })
const secondUrl = `http://localhost:${second.port}`
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const email = 'vera@example.com'
const password = 'four unrelated words here'
const { id: userId } = await createUserWithPassword(db, operator, {
  email,
  displayName: 'Vera',
  password,
  role: 'user',
})

interface TokenAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

async function requestToken(form: Record<string, string> | string, init: RequestInit = {}): Promise<TokenAnswer> {
  const response = await fetch(`${worldloom.url}/token`, {
    method: 'POST',
    body: typeof form === 'string' ? form : new URLSearchParams(form),
    ...(typeof form === 'string' && { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ...init,
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  } // always an object
}

async function grant(): Promise<{ access: string; refresh: string }> {
  const { body } = await requestToken({ grant_type: 'password', username: email, password })
  return { access: String(body.access_token), refresh: String(body.refresh_token) }
}

async function refreshed(refresh: string) {
  return await requestToken({ grant_type: 'refresh_token', refresh_token: refresh })
}

/** Whether a token is accepted and, if not, the server's message. */
async function call(token: string, url = worldloom.url): Promise<string> {
  try {
    return (await createWorldloomClient({ url, token }).examples.bearerOnly.query()).message
  } catch (error) {
    if (isWorldloomError(error)) return error.message
    throw error
  }
}

describe('rule 19: POST /token is RFC 6749', () => {
  test('the password grant', async () => {
    const { status, headers, body } = await requestToken({ grant_type: 'password', username: email, password })
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('pragma')).toBe('no-cache')
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 1800,
      refresh_token: expect.stringMatching(/^[\w-]{43}$/),
      scope: expect.stringContaining('world:create'),
    })
    expect(await call(String(body.access_token))).toBe('Vera sent an access token.')
  })

  test.each<[string, Record<string, string> | string, RequestInit, number, string]>([
    ['no grant type', {}, {}, 400, 'invalid_request'],
    ['an unknown one', { grant_type: 'client_credentials' }, {}, 400, 'unsupported_grant_type'],
    ['no username', { grant_type: 'password', password }, {}, 400, 'invalid_request'],
    ['no password', { grant_type: 'password', username: email }, {}, 400, 'invalid_request'],
    ['an empty password', { grant_type: 'password', username: email, password: '' }, {}, 400, 'invalid_request'],
    ['a wrong password', { grant_type: 'password', username: email, password: 'no' }, {}, 400, 'invalid_grant'],
    ['an unknown user', { grant_type: 'password', username: 'x@y.example', password }, {}, 400, 'invalid_grant'],
    ['a NUL', { grant_type: 'password', username: 'x\0', password: 'y\0' }, {}, 400, 'invalid_grant'],
    ['a parameter twice', 'grant_type=password&grant_type=password&username=a&password=b', {}, 400, 'invalid_request'],
    ['no refresh token', { grant_type: 'refresh_token' }, {}, 400, 'invalid_request'],
    ['one that is none', { grant_type: 'refresh_token', refresh_token: 'x' }, {}, 400, 'invalid_grant'],
    ['one that is unknown', { grant_type: 'refresh_token', refresh_token: 'A'.repeat(43) }, {}, 400, 'invalid_grant'],
    [
      'a very long one',
      { grant_type: 'refresh_token', refresh_token: 'A'.repeat(100_000) },
      {},
      400,
      'invalid_request',
    ],
    [
      'JSON',
      JSON.stringify({ grant_type: 'password' }),
      { headers: { 'content-type': 'application/json' } },
      400,
      'invalid_request',
    ],
    ['nothing', '', {}, 400, 'invalid_request'],
    [
      'a client that we do not know',
      { grant_type: 'password' },
      { headers: { authorization: 'Basic YTpi' } },
      401,
      'invalid_client',
    ],
  ])('%s', async (_name, form, init, status, error) => {
    const answer = await requestToken(form, init)
    expect([answer.status, answer.body.error]).toEqual([status, error])
    expect(Object.keys(answer.body)).toEqual(['error', 'error_description'])
    expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  test('rule 16: an unknown user is answered as a wrong password is', async () => {
    const [known, unknown] = await Promise.all([
      requestToken({ grant_type: 'password', username: email, password: 'wrong' }),
      requestToken({ grant_type: 'password', username: 'nobody@example.com', password: 'wrong' }),
    ])
    expect(unknown.body).toEqual(known.body)
    expect(unknown.status).toBe(known.status)
  })

  test('401s say how to be let in (RFC 6750)', async () => {
    const get = (headers: Record<string, string>) => fetch(`${worldloom.url}/trpc/me.get`, { headers })
    const without = await get({})
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="worldloom"'])
    const bad = await get({ authorization: 'Bearer nonsense' })
    expect(bad.status).toBe(401)
    expect(bad.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="worldloom", error="invalid_token", error_description="/,
    )
    const elsewhere = await fetch(`${worldloom.url}/api/audit.csv`)
    expect([elsewhere.status, elsewhere.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="worldloom"'])
  })
})

describe('what a token says, and who can verify it', () => {
  test('its claims', async () => {
    const { access } = await grant()
    expect(decodeProtectedHeader(access)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) })
    const now = Date.now() / 1000
    const claims = decodeJwt(access)
    expect(claims).toMatchObject({
      iss: worldloom.url,
      aud: worldloom.url,
      sub: userId,
      email,
      roles: ['user'],
      permissions: expect.arrayContaining(['world:read']),
      jti: expect.any(String),
      sid: expect.any(String),
    })
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(1800)
    expect(Math.abs((claims.iat ?? 0) - now)).toBeLessThan(5)
  })

  test('other services, by the published keys', async () => {
    const { access } = await grant()
    const jwksUrl = `${worldloom.url}/.well-known/jwks.json`
    const verified = await verifyWorldloomToken(access, { jwksUrl, audience: worldloom.url })
    expect(verified).toMatchObject({ userId, email, roles: ['user'] })
    expect(verified.permissions.has('world:read')).toBe(true)
    await expect(verifyWorldloomToken(access, { jwksUrl, audience: 'another' })).rejects.toThrow(InvalidTokenError)
    await expect(verifyWorldloomToken(`${access}x`, { jwksUrl, audience: worldloom.url })).rejects.toThrow(
      InvalidTokenError,
    )
    await expect(
      verifyWorldloomToken(access, { jwksUrl, audience: worldloom.url, issuer: 'https://evil.example' }),
    ).rejects.toThrow(InvalidTokenError)
  })

  test('the documents that say where', async () => {
    const metadata = await (await fetch(`${worldloom.url}/.well-known/oauth-authorization-server`)).json()
    expect(metadata).toMatchObject({
      issuer: worldloom.url,
      // Of apps; programs with a password or a refresh token of their own go to /token.
      token_endpoint: `${worldloom.url}/oauth/token`,
      jwks_uri: `${worldloom.url}/.well-known/jwks.json`,
      grant_types_supported: expect.not.arrayContaining(['password']),
    })
    const response = await fetch(`${worldloom.url}/.well-known/jwks.json`)
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
    const { keys } = (await response.json()) as { keys: object[] }
    expect(keys[0]).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      alg: 'EdDSA',
      use: 'sig',
      kid: expect.any(String),
      x: expect.any(String),
    })
  })

  test('a browser that is signed in can have one, which ends with its session', async () => {
    const browser = await worldloom.signIn('mira')
    const response = await browser.open('/auth/token', { method: 'POST' })
    const { access_token: token } = (await response.json()) as { access_token: string }
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await call(token)).toBe('Mira Castellan sent an access token.')
    expect(await call(token, secondUrl)).toBe('Mira Castellan sent an access token.')
    await browser.open('/auth/sign-out', { method: 'POST' })
    await expect.poll(() => call(token)).toMatch(/session of this access token has ended/)
    await expect.poll(() => call(token, secondUrl)).toMatch(/session of this access token has ended/)
    expect((await browser.open('/auth/token', { method: 'POST' })).status).toBe(401)
    // A token can't be used to obtain tokens.
    const { access } = await grant()
    const made = await fetch(`${worldloom.url}/auth/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access}` },
    })
    expect(made.status).toBe(403)
    const elsewhere = await worldloom.signIn('mira')
    const forged = await elsewhere.open('/auth/token', { method: 'POST', headers: { origin: 'https://evil.example' } })
    expect(forged.status).toBe(403)
  })
})

describe('rule 20: only what we signed, for here, now', async () => {
  const { access } = await grant()
  const claims = decodeJwt(access)
  const { kid } = decodeProtectedHeader(access)
  const row = await db.selectFrom('signingKeys').select('publicJwk').executeTakeFirstOrThrow()
  const publicJwk = row.publicJwk as { x: string }
  const { key } = await new SigningKeys(db, appSecret).signingKey()
  const foreign = await generateKeyPair('EdDSA', { extractable: true })
  const now = Math.floor(Date.now() / 1000)
  const sign = (changes: JWTPayload, header: object = {}, by: Parameters<SignJWT['sign']>[0] = key) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: kid ?? '', ...header })
      .sign(by)
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

  const forgeries: [string, string | Promise<string>][] = [
    ['nothing signed it', new UnsecuredJWT(claims).encode()],
    ['HS256 with the public key', sign({}, { alg: 'HS256' }, new TextEncoder().encode(publicJwk.x))],
    [
      'HS256 with the public key as JSON',
      sign({}, { alg: 'HS256' }, new TextEncoder().encode(JSON.stringify(publicJwk))),
    ],
    ['RS256', sign({}, { alg: 'RS256' }, rsa.privateKey)],
    ['another’s key under our kid', sign({}, {}, foreign.privateKey)],
    ['a kid that is not ours', sign({}, { kid: 'other' }, foreign.privateKey)],
    [
      'the key in its own header',
      sign({}, { kid: 'other', jwk: await exportJWK(foreign.publicKey) }, foreign.privateKey),
    ],
    ['another audience', sign({ aud: 'somebody-else' })],
    ['another issuer', sign({ iss: 'https://evil.example' })],
    ['another type', sign({}, { typ: 'JWT' })],
    ['expired', sign({ exp: now - 31 })],
    ['not yet', sign({ nbf: now + 60 })],
    ['of the future', sign({ iat: now + 60 })],
    ['without an end', sign({ exp: undefined } as never)],
    ['without a subject', sign({ sub: undefined } as never)],
    ['a subject that is no id', sign({ sub: 'admin' })],
    ['without a session', sign({ sid: undefined } as never)],
    ['a session of somebody else', sign({ sub: '01a00000-0000-7000-8000-000000000000' })],
    ['cut off', access.slice(0, -20)],
    ['a letter changed', access.replace(/\.(.)/, (_, letter) => `.${letter === 'e' ? 'f' : 'e'}`)],
    ['100 kB long', `${access}${'A'.repeat(12_000)}`],
    ['two dots alone', '..'],
    ['a JWE', 'a.b.c.d.e'],
  ]

  test.each(forgeries)('%s', async (_name, token) => {
    const response = await fetch(`${worldloom.url}/trpc/me.get`, {
      headers: { authorization: `Bearer ${await token}` },
    })
    expect([401, 431]).toContain(response.status)
    if (response.status === 401) expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('clocks may differ by thirty seconds', async () => {
    expect(await call(await sign({ exp: now - 5, jti: 'a' }))).toBe('Vera sent an access token.')
    expect(await call(await sign({ nbf: now + 20, iat: now + 20, jti: 'b' }))).toBe('Vera sent an access token.')
  })

  test('what a token says of permissions is for others: here it is what one has now', async () => {
    const token = await sign({ permissions: ['user:read', 'audit:read'], roles: ['admin'], jti: 'c' })
    const client = createWorldloomClient({ url: worldloom.url, token })
    await expect(client.examples.adminOnly.query()).rejects.toThrow('role admin')
    await expect(client.user.list.query()).rejects.toThrow('user:read')
  })
})

describe('rule 21: refresh tokens rotate', () => {
  test('each is good for one new pair', async () => {
    const { refresh, access } = await grant()
    const next = await refreshed(refresh)
    expect(next.status).toBe(200)
    expect(next.body.refresh_token).not.toBe(refresh)
    expect(await call(String(next.body.access_token))).toBe('Vera sent an access token.')
    // The earlier access token stays valid until it expires, as it is the same session.
    expect(await call(access)).toBe('Vera sent an access token.')
    expect((await refreshed(String(next.body.refresh_token))).status).toBe(200)
  })

  test('one that comes again ends the whole family, and is audited', async () => {
    const { refresh, access } = await grant()
    const next = await refreshed(refresh)
    const reused = await refreshed(refresh)
    expect([reused.status, reused.body.error]).toEqual([400, 'invalid_grant'])
    expect((await refreshed(String(next.body.refresh_token))).body.error).toBe('invalid_grant')
    for (const token of [access, String(next.body.access_token)]) {
      await expect.poll(() => call(token)).toMatch(/has ended/)
      await expect.poll(() => call(token, secondUrl)).toMatch(/has ended/)
    }
    const events = await db.selectFrom('auditEvents').selectAll().where('action', '=', 'token.reuse').execute()
    expect(events).toMatchObject([{ outcome: 'failure', subjectId: userId }])
  })

  test('of several that use one at once only one gets a pair, and then none', async () => {
    const { refresh } = await grant()
    const answers = await Promise.all(Array.from({ length: 5 }, () => refreshed(refresh)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const winner = answers.find(({ status }) => status === 200)
    expect((await refreshed(String(winner?.body.refresh_token))).status).toBe(400)
  })

  test('revoked with the session, expired with it, gone with the person', async () => {
    const one = await grant()
    const { sid } = decodeJwt(one.access)
    await db
      .updateTable('sessions')
      .set({ idleExpiresAt: new Date(Date.now() - 1000) })
      .where('id', '=', String(sid))
      .execute()
    expect((await refreshed(one.refresh)).body.error).toBe('invalid_grant')
    const two = await grant()
    await db
      .deleteFrom('sessions')
      .where('id', '=', String(decodeJwt(two.access).sid))
      .execute()
    expect((await refreshed(two.refresh)).body.error).toBe('invalid_grant')
    const three = await grant()
    await db.updateTable('users').set({ isActive: false }).where('id', '=', userId).execute()
    expect((await refreshed(three.refresh)).body.error).toBe('invalid_grant')
    const refused = await requestToken({ grant_type: 'password', username: email, password })
    expect([refused.status, refused.body.error_description]).toEqual([400, expect.stringContaining('deactivated')])
    await db.updateTable('users').set({ isActive: true }).where('id', '=', userId).execute()
  })

  test('only its hash is stored, and it is no cookie', async () => {
    const { refresh } = await grant()
    const rows = await db.selectFrom('refreshTokens').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(refresh)
    const browser = worldloom.browser()
    browser.setCookie('worldloom_session', refresh)
    await expect(browser.client.me.get.query()).rejects.toThrow('Sign in first')
  })
})

describe('rule 22: signing keys rotate', () => {
  test('nobody notices: the old key verifies on, the new one is published before it signs', async () => {
    const before = await grant()
    const kidBefore = decodeProtectedHeader(before.access).kid
    const keys = new SigningKeys(db, appSecret)
    const { kid, activeFrom } = await keys.rotate(operator, 1800, false)
    expect(activeFrom.getTime()).toBeGreaterThan(Date.now() + 60_000)
    const published = async () => {
      const document = await (await fetch(`${worldloom.url}/.well-known/jwks.json`)).json()
      return (document as { keys: { kid: string }[] }).keys.map((key) => key.kid)
    }
    await expect.poll(published).toEqual([kidBefore, kid])
    expect(decodeProtectedHeader((await grant()).access).kid).toBe(kidBefore)
    // As if it had expired.
    await db.updateTable('signingKeys').set({ activeFrom: new Date() }).where('kid', '=', kid).execute()
    await expect.poll(async () => decodeProtectedHeader((await grant()).access).kid).toBe(kid)
    expect(await call(before.access)).toBe('Vera sent an access token.')
    expect(await call((await grant()).access, secondUrl)).toBe('Vera sent an access token.')
    const [old] = await db.selectFrom('signingKeys').select('expiresAt').where('kid', '=', String(kidBefore)).execute()
    expect(old?.expiresAt?.getTime()).toBeGreaterThan(activeFrom.getTime() + 1_800_000)
  })

  test('private keys are encrypted at rest', async () => {
    const rows = await db.selectFrom('signingKeys').select('privateJwe').execute()
    for (const { privateJwe } of rows) {
      expect(privateJwe.split('.')).toHaveLength(5)
      expect(Buffer.from(privateJwe, 'base64url').toString()).not.toContain('"d"')
    }
    await expect(new SigningKeys(db, 'another secret that is long enough').signingKey()).rejects.toThrow(/APP_SECRET/)
    await expect(
      startTestWorldloom({ DATABASE_URL: worldloom.database.url, APP_SECRET: 'another secret that is long enough' }),
    ).rejects.toThrow(/cannot be read with this APP_SECRET/)
  })

  test('a leaked key is revoked with all it signed, on every server', async () => {
    const { access } = await grant()
    expect(await call(access, secondUrl)).toBe('Vera sent an access token.')
    await new SigningKeys(db, appSecret).rotate(operator, 1800, true)
    await expect.poll(() => call(access)).toMatch(/unknown or has been revoked/)
    await expect.poll(() => call(access, secondUrl)).toMatch(/unknown or has been revoked/)
    expect(await call((await grant()).access)).toBe('Vera sent an access token.')
  })
})

describe('rule 14 and bad input: which credential counts', () => {
  const get = (headers: [string, string][]) => fetch(`${worldloom.url}/trpc/me.get`, { headers })

  test('two at once are refused by name', async () => {
    const { access } = await grant()
    const both = await get([
      ['authorization', `Bearer ${access}`],
      ['x-api-key', 'wl_whatever'],
    ])
    expect(both.status).toBe(400)
    expect(await both.text()).toContain('Send one credential')
    // Also where no credential is needed, and outside procedures.
    const headers = { authorization: `Bearer ${access}`, 'x-api-key': 'wl_whatever' }
    expect((await fetch(`${worldloom.url}/trpc/examples.public`, { headers })).status).toBe(400)
    expect((await fetch(`${worldloom.url}/api/audit.csv`, { headers })).status).toBe(400)
    expect((await fetch(`${worldloom.url}/auth/token`, { method: 'POST', headers })).status).toBe(400)
  })

  test('a header twice is refused', async () => {
    const { access } = await grant()
    const { request } = await import('node:http')
    for (const name of ['authorization', 'x-api-key']) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const sent = request(
          `${worldloom.url}/trpc/me.get`,
          { headers: [name, `Bearer ${access}`, name, `Bearer ${access}`] as never },
          (response) => {
            response.resume()
            resolve(response.statusCode)
          },
        )
        sent.on('error', reject).end()
      })
      expect(status, name).toBe(400)
    }
  })

  test.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'bearer', 'Token x', '', 'Bearer \u00e9'])(
    'Authorization: %j',
    async (value) => {
      const response = await get([['authorization', value]])
      expect(response.status).toBe(401)
    },
  )

  test('a token or key counts in place of the cookie, and is not asked where it comes from', async () => {
    const browser = await worldloom.signIn('mira')
    const { access } = await grant()
    const response = await browser.open('/trpc/me.get', { headers: { authorization: `Bearer ${access}` } })
    expect(await response.text()).toContain('"displayName":"Vera"')
    const crossSite = await browser.open('/trpc/examples.writeUsers', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${access}`,
        origin: 'https://evil.example',
        'content-type': 'application/json',
      },
    })
    // Vera lacks the permission, and that is what the error says, not that the request is cross-site.
    expect([crossSite.status, (await crossSite.text()).includes('user:update')]).toEqual([403, true])
    const bad = await browser.open('/trpc/me.get', { headers: { 'x-api-key': 'wl_bad' } })
    expect(bad.status).toBe(401)
  })
})

test('rule 36: no token is ever logged', async () => {
  const { access, refresh } = await grant()
  await call(access)
  await refreshed(refresh)
  const log = [...worldloom.log, ...second.log].join('')
  expect(log.length).toBeGreaterThan(1000)
  for (const secret of [access, refresh, password, appSecret]) expect(log).not.toContain(secret)
})

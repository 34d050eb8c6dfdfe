import { createDatabase } from '@worldloom/db'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from './browser.ts'
import { type Misbehaviour, startRogueProvider } from './rogueProvider.ts'
import { startTestWorldloom } from './worldloom.ts'

const rogue = await startRogueProvider()
const worldloom = await startTestWorldloom({
  LOCAL_IDENTITY: 'true',
  OIDC_PROVIDERS: 'rogue',
  OIDC_ROGUE_ISSUER: rogue.issuer,
  OIDC_ROGUE_CLIENT_ID: 'client',
  OIDC_ROGUE_CLIENT_SECRET: 'a-client-secret-nobody-should-read',
  OIDC_ROGUE_LABEL: 'Rogue',
})
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

async function counts() {
  const [users, accounts, sessions] = await Promise.all(
    (['users', 'oauthAccounts', 'sessions'] as const).map((table) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
  )
  return [users?.count, accounts?.count, sessions?.count]
}

/** Checks where a failed callback redirects to, and that nothing changed. */
async function expectRefused(callback: () => Promise<Response>, failure: string) {
  const before = await counts()
  const response = await callback()
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe(`/login-failed?error=${failure}`)
  expect(response.headers.getSetCookie().filter((line) => line.includes('session='))).toEqual([])
  expect(await counts()).toEqual(before)
}

/** Goes through the rogue provider, and stops before opening the callback. */
async function rogueCallback(browser: Browser, misbehaviour: Misbehaviour = {}): Promise<string> {
  rogue.state.misbehaviour = misbehaviour
  const login = await browser.open('/auth/rogue/login')
  const back = await browser.open(login.headers.get('location') ?? '')
  return back.headers.get('location') ?? ''
}

beforeEach(() => {
  rogue.state.misbehaviour = {}
})

describe('signing in', () => {
  test('the configured providers are listed, and only they can be asked', async () => {
    const browser = worldloom.browser()
    expect(await (await browser.open('/auth/providers')).json()).toEqual([
      { id: 'local', label: 'a demo account' },
      { id: 'rogue', label: 'Rogue' },
    ])
    for (const path of ['/auth/google/login', '/auth/google/callback?code=1&state=2', '/auth/__proto__/login']) {
      const response = await browser.open(path)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({
        title: 'Unknown provider',
        detail: expect.stringContaining('GET /auth/providers'),
      })
    }
  })

  test('each demo person is who they are, with their role', async () => {
    for (const [subject, role, mayCreate] of [
      ['ada', 'admin', true],
      ['mira', 'user', true],
      ['theo', 'viewer', false],
    ] as const) {
      const browser = await worldloom.signIn(subject)
      const me = await browser.client.me.get.query()
      expect(me).toMatchObject({ email: `${subject}@worldloom.example`, roles: [role], signedInWith: 'session' })
      expect(me.permissions.includes('world:create')).toBe(mayCreate)
    }
  })

  test('somebody new gets an account with the default role; the same identity is the same user', async () => {
    const first = worldloom.browser()
    await first.open(await rogueCallback(first))
    const second = worldloom.browser()
    await second.open(await rogueCallback(second))
    const [one, two] = [await first.client.me.get.query(), await second.client.me.get.query()]
    expect(one).toMatchObject({ displayName: 'Some One', email: 'someone@example.com', roles: ['user'] })
    expect(two.id).toBe(one.id)
  })

  test('two first sign-ins at the same instant make one user', async () => {
    const claims = { sub: 'twin', email: undefined, name: 'Twin' }
    const browsers = Array.from({ length: 4 }, () => worldloom.browser())
    const callbacks: string[] = []
    for (const browser of browsers) callbacks.push(await rogueCallback(browser, { claims }))
    const landings = await Promise.all(browsers.map((browser, index) => browser.open(callbacks[index] ?? '')))
    expect(landings.map((response) => response.headers.get('location'))).toEqual(Array(4).fill('/'))
    const people = await Promise.all(browsers.map((browser) => browser.client.me.get.query()))
    expect(new Set(people.map(({ id }) => id)).size).toBe(1)
    const rows = await db.selectFrom('oauthAccounts').select('userId').where('subject', '=', 'twin').execute()
    expect(rows).toHaveLength(1)
  })

  test('a verified address joins accounts; one that was not verified never does', async () => {
    const mira = await (await worldloom.signIn('mira')).client.me.get.query()
    const impostor = worldloom.browser()
    const unverified = { sub: 'impostor', email: 'mira@worldloom.example', email_verified: false }
    await expectRefused(async () => impostor.open(await rogueCallback(impostor, { claims: unverified })), 'link_first')
    const same = worldloom.browser()
    const verified = { sub: 'mira-elsewhere', email: 'Mira@Worldloom.example' }
    await same.open(await rogueCallback(same, { claims: verified }))
    expect((await same.client.me.get.query()).id).toBe(mira.id)
  })

  test('a deactivated person does not get in', async () => {
    const browser = worldloom.browser()
    const claims = { sub: 'leaver', email: undefined }
    await browser.open(await rogueCallback(browser, { claims }))
    const { id } = await browser.client.me.get.query()
    await db.updateTable('users').set({ isActive: false }).where('id', '=', id).execute()
    await expectRefused(async () => browser.open(await rogueCallback(browser, { claims })), 'deactivated')
  })
})

describe('rule 1: a callback is for one browser, once', () => {
  test('without the cookie, with another state, or for another provider it is refused', async () => {
    const browser = worldloom.browser()
    const callback = await browser.approve('mira')
    await expectRefused(() => worldloom.browser().open(callback), 'expired')
    const otherState = new URL(callback)
    otherState.searchParams.set('state', 'A'.repeat(43))
    await expectRefused(() => browser.open(otherState.href), 'expired')
    await expectRefused(() => browser.open(callback.replace('/local/', '/rogue/')), 'expired')
    const noState = new URL(callback)
    noState.searchParams.delete('state')
    await expectRefused(() => browser.open(noState.href), 'expired')
    expect((await browser.open(callback)).headers.get('location')).toBe('/worlds')
  })

  test('a second use is refused and leaves the first session alone', async () => {
    const browser = worldloom.browser()
    const callback = await browser.approve('mira')
    await browser.open(callback)
    const copy = worldloom.browser()
    for (const [name, value] of browser.cookies) copy.setCookie(name, value)
    await expectRefused(() => copy.open(callback), 'expired')
    expect((await browser.client.me.get.query()).displayName).toBe('Mira Castellan')
  })

  test('another browser’s state cookie does not fit', async () => {
    const mine = worldloom.browser()
    const callback = await mine.approve('mira')
    const theirs = worldloom.browser()
    await theirs.approve('theo')
    await expectRefused(() => theirs.open(callback), 'expired')
  })

  test('sign-ins begun in two tabs both work', async () => {
    const browser = worldloom.browser()
    const first = await rogueCallback(browser)
    const second = await rogueCallback(browser)
    for (const callback of [second, first]) {
      expect((await browser.open(callback)).headers.get('location')).toBe('/')
      expect((await browser.client.me.get.query()).displayName).toBe('Some One')
    }
  })
})

test('rule 2: PKCE with S256; the verifier goes to the token endpoint alone', async () => {
  const browser = worldloom.browser()
  const login = await browser.open('/auth/rogue/login')
  const authorize = new URL(login.headers.get('location') ?? '')
  expect(authorize.searchParams.get('code_challenge_method')).toBe('S256')
  expect(authorize.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(authorize.searchParams.get('state')?.length).toBeGreaterThanOrEqual(43)
  const back = await browser.open(authorize.href)
  await browser.open(back.headers.get('location') ?? '')
  const verifier = rogue.state.tokenRequests.at(-1)?.get('code_verifier') ?? ''
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(login.headers.get('location')).not.toContain(verifier)
  expect([...browser.cookies.values()].join()).not.toContain(verifier)
})

describe('rule 3: an ID token that is not all it should be is refused, with its own reason in the log', () => {
  const now = Math.floor(Date.now() / 1000)
  test.each<[string, Misbehaviour, RegExp]>([
    ['no nonce', { claims: { nonce: undefined } }, /\\?"nonce\\?" claim is missing/],
    ['another nonce', { claims: { nonce: 'other' } }, /unexpected \\?"nonce\\?"/],
    ['a signature by another key', { signature: 'foreign' }, /signature verification failed/],
    ['no signature', { signature: 'none' }, /alg/i],
    ['another issuer', { claims: { iss: 'https://evil.example' } }, /unexpected \\?"iss\\?"/],
    ['another audience', { claims: { aud: 'somebody-else' } }, /unexpected \\?"aud\\?"/],
    ['another authorised party', { claims: { aud: ['client', 'x'], azp: 'x' } }, /unexpected \\?"azp\\?"/],
    ['an expired token', { claims: { exp: now - 120 } }, /\\?"exp\\?" claim timestamp check failed/],
    ['a token of the future', { claims: { nbf: now + 600 } }, /\\?"nbf\\?" claim timestamp check failed/],
    ['one issued in the future', { claims: { iat: now + 600 } }, /\\?"iat\\?" claim is in the future/],
    ['no subject', { claims: { sub: undefined } }, /missing required \\?"sub\\?" claim/],
  ])('%s', async (_name, misbehaviour, reason) => {
    const browser = worldloom.browser()
    const callback = await rogueCallback(browser, misbehaviour)
    const from = worldloom.log.length
    await expectRefused(() => browser.open(callback), 'invalid_identity')
    expect(worldloom.log.slice(from).join('')).toMatch(reason)
  })
})

describe('rule 4: after sign-in one lands on a path of this origin', () => {
  test.each([
    ['/worlds?sort=name#x', '/worlds?sort=name#x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/%2f%2fevil.example', '/'],
    ['/%5cevil.example', '/'],
    ['%2f%2fevil.example', '/'],
    ['worlds', '/'],
    ['', '/'],
  ])('%j becomes %j', async (redirect, landing) => {
    const browser = worldloom.browser()
    expect((await browser.signIn('mira', redirect)).headers.get('location')).toBe(landing)
  })
})

test('rule 7: an answer that names another issuer, or none, is refused', async () => {
  for (const iss of ['https://evil.example', '']) {
    const browser = worldloom.browser()
    const callback = await rogueCallback(browser, { iss })
    await expectRefused(() => browser.open(callback), 'invalid_identity')
  }
})

describe('rule 8: a provider that fails ends in a page that says so, and the state is used up', () => {
  test.each<[string, Misbehaviour, string]>([
    ['the person says no', { error: 'access_denied' }, 'access_denied'],
    ['the provider reports an error', { error: 'server_error' }, 'provider_error'],
    ['the token endpoint refuses', { token: 'error' }, 'provider_error'],
    ['the token endpoint hangs', { token: 'hang' }, 'provider_unavailable'],
    ['the token endpoint sends no JSON', { token: 'malformed' }, 'provider_error'],
    ['the token endpoint sends no tokens', { token: 'empty' }, 'provider_error'],
  ])('%s', async (_name, misbehaviour, failure) => {
    const browser = worldloom.browser()
    const callback = await rogueCallback(browser, misbehaviour)
    const started = Date.now()
    await expectRefused(() => browser.open(callback), failure)
    expect(Date.now() - started).toBeLessThan(10_000)
    rogue.state.misbehaviour = {}
    await expectRefused(() => browser.open(callback), 'expired')
  })

  test('a provider that cannot be reached', async () => {
    const other = await startRogueProvider()
    other.state.misbehaviour = { down: true }
    const lonely = await startTestWorldloom({
      OIDC_PROVIDERS: 'down',
      OIDC_DOWN_ISSUER: other.issuer,
      OIDC_DOWN_CLIENT_ID: 'client',
      OIDC_DOWN_CLIENT_SECRET: 'secret',
      OIDC_DOWN_LABEL: 'Down',
    })
    const response = await lonely.browser().open('/auth/down/login')
    expect(response.headers.get('location')).toBe('/login-failed?error=provider_unavailable')
  })
})

test('rule 36: no secret of a sign-in is ever logged', async () => {
  const browser = worldloom.browser()
  const callback = new URL(await browser.approve('mira'))
  await browser.open(callback.href)
  const log = worldloom.log.join('')
  expect(log.length).toBeGreaterThan(1000)
  const secrets = [
    callback.searchParams.get('code'),
    callback.searchParams.get('state'),
    ...browser.cookies.values(),
    'a-client-secret-nobody-should-read',
    new URL(worldloom.database.url).password,
  ]
  for (const secret of secrets) {
    expect(secret?.length).toBeGreaterThan(8)
    expect(log).not.toContain(secret)
  }
})

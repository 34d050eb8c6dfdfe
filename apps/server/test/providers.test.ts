import { createDatabase } from '@worldloom/db'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import {
  type Account,
  entraTenant,
  type SocialProvider,
  secrets,
  socialSettings,
  startSocialProviders,
} from './socialProviders.ts'
import { startTestWorldloom } from './worldloom.ts'

const social = await startSocialProviders()
const worldloom = await startTestWorldloom({ ...socialSettings, LOCAL_IDENTITY: 'true' })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const googleClaims = (sub: string, more: Record<string, unknown> = {}) => ({
  iss: 'https://accounts.google.com',
  sub,
  email: `${sub}@gmail.example`,
  email_verified: true,
  name: 'Gale Ngo',
  given_name: 'Gale',
  family_name: 'Ngo',
  ...more,
})
const entraClaims = (oid: string, more: Record<string, unknown> = {}) => ({
  iss: `https://login.microsoftonline.com/${entraTenant}/v2.0`,
  tid: entraTenant,
  oid,
  sub: `pairwise-${oid}`,
  name: 'Enno Tran',
  preferred_username: `${oid}@company.example`,
  ...more,
})

/** A person at each provider, in its format, and the user they become. */
const people: readonly [SocialProvider, Account, object][] = [
  [
    'google',
    { profile: googleClaims('g-1') },
    { email: 'g-1@gmail.example', emailVerified: true, firstName: 'Gale', lastName: 'Ngo', displayName: 'Gale Ngo' },
  ],
  [
    'github',
    {
      profile: { id: 583231, login: 'octo', name: 'Octo Cat', email: null },
      emails: [
        { email: 'old@octo.example', primary: false, verified: true },
        { email: 'octo@octo.example', primary: true, verified: true },
      ],
    },
    { email: 'octo@octo.example', emailVerified: true, firstName: null, lastName: null, displayName: 'Octo Cat' },
  ],
  [
    'entra',
    { profile: entraClaims('e-1', { email: 'enno@company.example' }) },
    { email: 'enno@company.example', emailVerified: false, displayName: 'Enno Tran' },
  ],
  [
    'facebook',
    { profile: { id: '10219', name: 'Fay Bo', first_name: 'Fay', last_name: 'Bo', email: 'fay@fb.example' } },
    { email: 'fay@fb.example', emailVerified: false, firstName: 'Fay', lastName: 'Bo', displayName: 'Fay Bo' },
  ],
]

async function signIn(provider: SocialProvider, account: Account) {
  const browser = worldloom.browser()
  const response = await browser.open(await social.callback(browser, provider, account))
  return { browser, location: response.headers.get('location') }
}

test('those that are configured are offered', async () => {
  const providers = await (await worldloom.browser().open('/auth/providers')).json()
  expect(providers).toEqual([
    { id: 'local', label: 'a demo account' },
    { id: 'google', label: 'Google' },
    { id: 'entra', label: 'Microsoft' },
    { id: 'github', label: 'GitHub' },
    { id: 'facebook', label: 'Facebook' },
  ])
})

describe.each(people)('%s', (provider, account, expected) => {
  test('somebody is who the provider says, and the same one the next time', async () => {
    const first = await signIn(provider, account)
    expect(first.location).toBe('/worlds')
    const me = await first.browser.client.me.get.query()
    expect(me).toMatchObject({ ...expected, roles: ['user'] })
    const second = await signIn(provider, account)
    expect((await second.browser.client.me.get.query()).id).toBe(me.id)
  })

  test('asks for what it needs, and rule 2: with PKCE where the provider takes it', async () => {
    const login = await worldloom.browser().open(`/auth/${provider}/login`)
    const url = new URL(login.headers.get('location') ?? '')
    expect(url.host).toMatch(/^(accounts\.google\.com|github\.com|login\.microsoftonline\.com|www\.facebook\.com)$/)
    expect(url.searchParams.get('client_id')).toBe(secrets.clientId)
    expect(url.searchParams.get('redirect_uri')).toBe(`${worldloom.url}/auth/${provider}/callback`)
    expect(url.searchParams.get('scope')).toContain('email')
    expect(url.searchParams.get('state')?.length).toBeGreaterThanOrEqual(43)
    if (provider === 'facebook') return
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    expect(url.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  })

  test('the person says no', async () => {
    const browser = worldloom.browser()
    const callback = new URL(await social.callback(browser, provider, account))
    callback.searchParams.delete('code')
    callback.searchParams.set('error', 'access_denied')
    callback.searchParams.set('error_reason', 'user_denied')
    const response = await browser.open(callback.href)
    expect(response.headers.get('location')).toBe('/login-failed?error=access_denied')
  })

  test('a code that was used before', async () => {
    const browser = worldloom.browser()
    const code = new URL(await social.callback(browser, provider, account))
    await browser.open(code.href)
    const again = worldloom.browser()
    const callback = new URL(await social.callback(again, provider, account))
    callback.searchParams.set('code', code.searchParams.get('code') ?? '')
    expect((await again.open(callback.href)).headers.get('location')).toBe('/login-failed?error=provider_error')
  })

  test.each([
    ['answers 500', 'down', 'provider_unavailable'],
    ['hangs', 'hang', 'provider_unavailable'],
    ['sends half of its JSON', 'malformed', 'provider_error'],
    ['sends no tokens', 'none', 'provider_error'],
  ] as const)('rule 8: the token endpoint %s', async (_name, token, failure) => {
    const started = Date.now()
    const { browser, location } = await signIn(provider, { ...account, token })
    expect(location).toBe(`/login-failed?error=${failure}`)
    expect(Date.now() - started).toBeLessThan(10_000)
    await expect(browser.client.me.get.query()).rejects.toThrow('Sign in first')
  })
})

describe.each(people.filter(([provider]) => provider === 'github' || provider === 'facebook'))(
  '%s: the endpoint that tells who somebody is',
  (provider, account) => {
    test.each([
      ['answers 500', 'down', 'provider_unavailable'],
      ['hangs', 'hang', 'provider_unavailable'],
      ['sends half of its JSON', 'malformed', 'provider_error'],
      ['refuses the token', 'refuse', 'provider_unavailable'],
    ] as const)('%s', async (_name, user, failure) => {
      expect((await signIn(provider, { ...account, user })).location).toBe(`/login-failed?error=${failure}`)
    })

    test('sends something else', async () => {
      const { location } = await signIn(provider, { ...account, profile: { id: ['not an id'] } })
      expect(location).toBe('/login-failed?error=provider_error')
    })
  },
)

describe('somebody whose provider tells no address', () => {
  test.each<[SocialProvider, Account]>([
    ['google', { profile: googleClaims('g-none', { email: undefined, email_verified: undefined }) }],
    ['entra', { profile: entraClaims('e-none') }],
    ['facebook', { profile: { id: 'fb-none', name: 'Nomail', first_name: 'No', last_name: 'Mail' } }],
    ['github', { profile: { id: 31, login: 'nomail', name: null }, emails: [] }],
  ])('%s: gets in, without one', async (provider, account) => {
    const { browser, location } = await signIn(provider, account)
    expect(location).toBe('/worlds')
    expect(await browser.client.me.get.query()).toMatchObject({ email: null, emailVerified: false, roles: ['user'] })
  })
})

describe('rule 3: an ID token of Google or Entra that is not all it should be', () => {
  test.each<[SocialProvider, string, Record<string, unknown>, RegExp]>([
    ['google', 'another issuer', googleClaims('x', { iss: 'https://evil.example' }), /unexpected \\?"iss/],
    ['google', 'another audience', googleClaims('x', { aud: 'somebody-else' }), /unexpected \\?"aud/],
    ['google', 'another nonce', googleClaims('x', { nonce: 'other' }), /unexpected \\?"nonce/],
    ['google', 'an old one', googleClaims('x', { exp: 1 }), /\\?"exp\\?" claim/],
    [
      'entra',
      'another tenant’s issuer',
      entraClaims('x', { iss: 'https://login.microsoftonline.com/other/v2.0' }),
      /"iss/,
    ],
    ['entra', 'no tenant', entraClaims('x', { tid: undefined }), /"tid/],
    ['entra', 'another nonce', entraClaims('x', { nonce: 'other' }), /unexpected \\?"nonce/],
  ])('%s: %s', async (provider, _name, profile, reason) => {
    const from = worldloom.log.length
    expect((await signIn(provider, { profile })).location).toBe('/login-failed?error=invalid_identity')
    expect(worldloom.log.slice(from).join('')).toMatch(reason)
  })

  test('Google’s issuer without https is Google’s too', async () => {
    expect((await signIn('google', { profile: googleClaims('g-2', { iss: 'accounts.google.com' }) })).location).toBe(
      '/worlds',
    )
  })
})

describe('rule 5: nobody is linked by an address that the provider does not prove', () => {
  test.each<[string, SocialProvider, Account]>([
    [
      'nOAuth: Entra’s e-mail',
      'entra',
      { profile: entraClaims('attacker', { email: 'ada@worldloom.example', email_verified: true }) },
    ],
    ['Entra’s xms_edov', 'entra', { profile: entraClaims('a2', { email: 'ada@worldloom.example', xms_edov: true }) }],
    ['Facebook’s', 'facebook', { profile: { id: '666', name: 'Ada', email: 'ada@worldloom.example' } }],
    [
      'Google’s, not verified',
      'google',
      { profile: googleClaims('g-666', { email: 'ada@worldloom.example', email_verified: false }) },
    ],
  ])('%s', async (_name, provider, account) => {
    const { browser, location } = await signIn(provider, account)
    expect(location).toBe('/login-failed?error=link_first')
    await expect(browser.client.me.get.query()).rejects.toThrow('Sign in first')
  })

  test('GitHub’s primary address counts only where it is verified; others never', async () => {
    const emails = [
      { email: 'ada@worldloom.example', primary: true, verified: false },
      { email: 'mira@worldloom.example', primary: false, verified: true },
    ]
    const { browser } = await signIn('github', { profile: { id: 777, login: 'nobody', name: null }, emails })
    const me = await browser.client.me.get.query()
    expect(me).toMatchObject({ email: null, displayName: 'nobody', roles: ['user'], isComplete: false })
  })

  test('one that both prove joins the two', async () => {
    const mira = await (await worldloom.signIn('mira')).client.me.get.query()
    const { browser } = await signIn('google', { profile: googleClaims('g-mira', { email: 'Mira@worldloom.example' }) })
    expect((await browser.client.me.get.query()).id).toBe(mira.id)
  })

  test('a person is their oid in their tenant, whatever the address says later', async () => {
    const first = await signIn('entra', { profile: entraClaims('stable', { email: 'one@company.example' }) })
    const second = await signIn('entra', { profile: entraClaims('stable', { email: 'two@company.example' }) })
    const [one, two] = [await first.browser.client.me.get.query(), await second.browser.client.me.get.query()]
    expect(two.id).toBe(one.id)
  })
})

test('rule 6: tokens of providers are not kept anywhere', async () => {
  expect(social.tokens.size).toBeGreaterThan(5)
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db)
  const dump = await Promise.all(
    tables.map(async ({ name }) => JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows)),
  )
  const everything = dump.join('') + worldloom.log.join('')
  expect(everything).toContain('Octo Cat')
  for (const token of social.tokens.keys()) expect(everything).not.toContain(token)
  expect(everything).not.toContain(secrets.clientSecret)
})

import { randomUUID } from 'node:crypto'
import { createDatabase } from '@worldloom/db'
import { afterAll, describe, expect, test } from 'vitest'
import { person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom({ TRUSTED_PROXIES: '1' })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

let addresses = 0
function newAddress(): string {
  addresses++
  return `203.0.113.${addresses}`
}

async function post(path: string, body: object, address: string): Promise<Response> {
  return await fetch(worldloom.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  })
}

/** The number of requests before the first refusal, and that refusal. */
async function untilRefused(request: () => Promise<Response>): Promise<{ count: number; refusal: Response }> {
  for (let count = 0; count < 700; count++) {
    const response = await request()
    if (response.status === 429) return { count, refusal: response }
    await response.body?.cancel()
  }
  throw new Error('it was never refused')
}

describe('rule 37: a limit that is reached answers 429, with what it is and when to come again', () => {
  test.each<[string, string, number, number, (address: string) => Promise<Response>]>([
    [
      'signing up',
      'signUpAddress',
      30,
      3600,
      (address) =>
        post(
          '/auth/password/sign-up',
          { email: `x${Math.random()}@example.com`, password: 'four unrelated words', firstName: 'A', lastName: 'B' },
          address,
        ),
    ],
    ['links out of mails', 'linkAddress', 50, 900, (address) => post('/auth/email/verify', { token: 'x' }, address)],
    [
      'mails to one person',
      'mailAccount',
      5,
      3600,
      (address) => post('/auth/password/forgot', { email: 'one@example.com' }, address),
    ],
    [
      'mails from one address',
      'mailAddress',
      50,
      3600,
      (address) => post('/auth/password/forgot', { email: `x${Math.random()}@example.com` }, address),
    ],
    [
      'refresh tokens',
      'refreshAddress',
      600,
      900,
      (address) =>
        fetch(`${worldloom.url}/token`, {
          method: 'POST',
          headers: { 'x-forwarded-for': address },
          body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
        }),
    ],
  ])('%s', async (_name, limit, points, seconds, request) => {
    const address = newAddress()
    const { count, refusal } = await untilRefused(() => request(address))
    expect(count).toBe(points)
    expect(refusal.headers.get('ratelimit-policy')).toBe(`"${limit}";q=${points};w=${seconds}`)
    expect(refusal.headers.get('ratelimit')).toMatch(new RegExp(`^"${limit}";r=0;t=\\d+$`))
    const retryAfter = Number(refusal.headers.get('retry-after'))
    expect(retryAfter).toBeGreaterThan(0)
    expect(retryAfter).toBeLessThanOrEqual(seconds)
    expect(await refusal.text()).toMatch(/Too many attempts/)
    if (limit === 'mailAccount') return
    expect((await request(newAddress())).status).not.toBe(429)
  })

  test('rule 37: responses say what is left, of addresses and never of accounts', async () => {
    const mira = await person(worldloom, db, 'user')
    const address = newAddress()
    const said = (response: Response) => response.headers.get('ratelimit')?.replace(/;t=\d+$/, '')
    const signIn = (password: string, from = address) =>
      post('/auth/password/sign-in', { email: mira.email, password }, from)
    expect(said(await signIn('not the password at all'))).toBe('"passwordAddress";r=49')
    expect(said(await signIn('not the password at all'))).toBe('"passwordAddress";r=48')
    // What was right is given back, and what strangers tried with the account is not told.
    const right = await signIn('four unrelated words here')
    expect([right.status, said(right)]).toEqual([204, '"passwordAddress";r=48'])
    expect(said(await signIn('four unrelated words here', newAddress()))).toBe('"passwordAddress";r=50')
    expect(said(await mira.browser.open('/auth/token', { method: 'POST' }))).toBe('"tokenSession";r=119')
    const refreshed = await fetch(`${worldloom.url}/token`, {
      method: 'POST',
      headers: { 'x-forwarded-for': address },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
    })
    expect([refreshed.status, said(refreshed)]).toEqual([400, '"refreshAddress";r=599'])
    const begun = await fetch(`${worldloom.url}/auth/local/login`, {
      headers: { 'x-forwarded-for': address },
      redirect: 'manual',
    })
    expect(said(begun)).toBe('"providerAddress";r=119')
  })

  test('a person who begins to sign in too often is told so on a page', async () => {
    const address = newAddress()
    const { count, refusal } = await untilRefused(() =>
      fetch(`${worldloom.url}/auth/local/login`, { headers: { 'x-forwarded-for': address }, redirect: 'manual' }),
    )
    expect(count).toBe(120)
    expect(refusal.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await refusal.text()).toContain('url=/login-failed?error=too_many')
  })

  test('tokens minted by one browser', async () => {
    const mira = await person(worldloom, db, 'user')
    const { count } = await untilRefused(() => mira.browser.open('/auth/token', { method: 'POST' }))
    expect(count).toBe(120)
  })

  test('what one subscriber has of IPv6 counts as one address', async () => {
    let host = 0
    const { count } = await untilRefused(() =>
      post('/auth/email/verify', { token: 'x' }, `2001:db8:1:2::${(++host).toString(16)}`),
    )
    expect(count).toBe(50)
    expect((await post('/auth/email/verify', { token: 'x' }, '2001:db8:1:3::1')).status).toBe(404)
  })

  test('what is counted names nobody', async () => {
    const rows = await db.selectFrom('rateLimits').selectAll().execute()
    expect(rows.length).toBeGreaterThan(5)
    expect(JSON.stringify(rows)).not.toMatch(/example\.com|203\.0\.113/)
  })
})

describe('the API as a whole', async () => {
  const limited = await startTestWorldloom({ API_POINTS_PER_MINUTE: '40' })

  test('rule 37: responses say what is left, searches cost more, and who has none left is told when to come again', async () => {
    const ada = await limited.signIn('ada')
    const left = (response: Response) =>
      Number(/^"person";r=(\d+);t=\d+$/.exec(response.headers.get('ratelimit') ?? '')?.[1])
    const first = await ada.open('/api/v1/me')
    expect(first.headers.get('ratelimit-policy')).toBe('"person";q=40;w=60')
    const before = left(first)
    expect(left(await ada.open('/api/v1/search?text=iron'))).toBe(before - 5)
    expect(left(await ada.open('/trpc/me.get,me.get?batch=1&input={}'))).toBe(before - 7)
    expect(left(await ada.open('/trpc/pin.list?input={}'))).toBeGreaterThanOrEqual(0)
    // Problems and files say so as well.
    for (const path of ['/api/v1/stories/nonsense', `/api/v1/images/${randomUUID()}/file`]) {
      const problem = await ada.open(path)
      expect(problem.status).toBeGreaterThanOrEqual(400)
      expect(left(problem), path).toBeGreaterThanOrEqual(0)
    }
    const { count, refusal } = await untilRefused(() => ada.open('/api/v1/me'))
    expect(count).toBeGreaterThan(0)
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(left(refusal)).toBe(0)
    expect(await refusal.json()).toMatchObject({ status: 429, reason: { kind: 'rateLimited' } })
    const byTrpc = await ada.open('/trpc/me.get')
    expect(byTrpc.status).toBe(429)
    expect(Number(byTrpc.headers.get('retry-after'))).toBeGreaterThan(0)
    // Others are not held up.
    expect((await (await limited.signIn('theo')).open('/api/v1/me')).status).toBe(200)
  })
})

import { createHash } from 'node:crypto'
import { isWorldloomError, readError } from '@worldloom/client'
import { assignRole, createDatabase } from '@worldloom/db'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import type { Browser } from './browser.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
/** A second server on the same database, with its own cache. */
const second = await startTestWorldloom({ DATABASE_URL: worldloom.database.url })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const cookieName = 'worldloom_session'

async function isSignedIn(browser: Browser): Promise<boolean> {
  try {
    await browser.client.me.get.query()
    return true
  } catch (error) {
    if (isWorldloomError(error) && readError(error).reason?.kind === 'notSignedIn') return false
    throw error
  }
}

/** The same session at the other server. */
function atSecond(browser: Browser): Browser {
  const copy = second.browser()
  copy.setCookie(cookieName, browser.cookies.get(cookieName) ?? '')
  return copy
}

/** Takes effect on every server at the next request after the notification. */
async function expectSignedOutEverywhere(browser: Browser): Promise<void> {
  const other = atSecond(browser)
  await expect.poll(() => isSignedIn(browser), { interval: 5 }).toBe(false)
  await expect.poll(() => isSignedIn(other), { interval: 5 }).toBe(false)
}

describe('rules 9 and 10: the token and its cookie', () => {
  test('256 bits, of which the database has only a hash', async () => {
    const browser = await worldloom.signIn('mira')
    const token = browser.cookies.get(cookieName) ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const hash = createHash('sha256').update(token).digest()
    const row = await db.selectFrom('sessions').selectAll().where('tokenHash', '=', hash).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(token)
    expect(row).toMatchObject({ provider: 'local', ipAddress: expect.stringMatching(/127\.0\.0\.1|::1/) })
  })

  test('HttpOnly, SameSite=Lax, Path=/; Secure and __Host- where the site is https', async () => {
    const browser = worldloom.browser()
    const response = await browser.open(await browser.approve('mira'))
    const line = response.headers.getSetCookie().find((header) => header.startsWith(`${cookieName}=`)) ?? ''
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Expires=']) expect(line).toContain(attribute)
    const { SessionCookie } = await import('../src/sessionCookie.ts')
    const { Hono } = await import('hono')
    const app = new Hono().get('/', (c) => {
      new SessionCookie('https://worldloom.example').write(c as never, 'token', new Date(Date.now() + 1000))
      return c.body(null)
    })
    const secure = (await app.request('/')).headers.getSetCookie()[0]
    expect(secure).toMatch(/^__Host-worldloom_session=token; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax/)
    expect(secure).not.toContain('Domain')
  })

  test.each(['', 'short', 'A'.repeat(43), 'A'.repeat(100_000).slice(0, 12_000), 'null%00byte', '"><script>'])(
    'the token %j is nobody’s',
    async (token) => {
      const browser = worldloom.browser()
      browser.setCookie(cookieName, token)
      expect(await isSignedIn(browser)).toBe(false)
    },
  )
})

test('rule 11: signing in again makes a new session and ends the old one', async () => {
  const browser = await worldloom.signIn('mira')
  const old = worldloom.browser()
  old.setCookie(cookieName, browser.cookies.get(cookieName) ?? '')
  await browser.signIn('mira')
  expect(browser.cookies.get(cookieName)).not.toBe(old.cookies.get(cookieName))
  expect(await isSignedIn(browser)).toBe(true)
  await expectSignedOutEverywhere(old)
})

test('rule 11: who may do more, or less, gets a new token at their next request; the old one dies', async () => {
  const browser = await worldloom.signIn('theo')
  const old = browser.cookies.get(cookieName) ?? ''
  const { id } = await browser.client.me.get.query()
  expect(browser.cookies.get(cookieName)).toBe(old)
  await assignRole(db, id, 'user')
  await expect.poll(async () => (await browser.client.me.get.query()).roles).toContain('user')
  const renewed = browser.cookies.get(cookieName) ?? ''
  expect(renewed).not.toBe(old)
  expect(await isSignedIn(atSecond(browser))).toBe(true)
  // Requests in flight with the old token still succeed, on any server, and get no new token.
  const late = second.browser()
  late.setCookie(cookieName, old)
  expect(await isSignedIn(late)).toBe(true)
  expect(late.cookies.get(cookieName)).toBe(old)
  // As if ten seconds had passed.
  await db
    .updateTable('sessions')
    .set({ previousExpiresAt: new Date(Date.now() - 1) })
    .where('userId', '=', id)
    .execute()
  await sql`select pg_notify('principal_changed', 'u:' || ${id})`.execute(db)
  await expect.poll(() => isSignedIn(late)).toBe(false)
  expect(await isSignedIn(browser)).toBe(true)
  expect(browser.cookies.get(cookieName)).toBe(renewed)
  // Of several concurrent requests, one renews, and all succeed.
  await sql`delete from user_roles using roles where roles.id = role_id and user_id = ${id} and roles.name = 'user'`.execute(
    db,
  )
  const results = await Promise.all(Array.from({ length: 8 }, () => isSignedIn(browser)))
  expect(results).toEqual(Array(8).fill(true))
  await expect.poll(async () => (await browser.client.me.get.query()).roles).toEqual(['viewer'])
  expect(browser.cookies.get(cookieName)).not.toBe(renewed)
  expect(await isSignedIn(browser)).toBe(true)
})

test('signing out with the token before a renewal, on its way already, ends the session too', async () => {
  const browser = await worldloom.signIn('mira')
  const old = browser.cookies.get(cookieName) ?? ''
  const { id } = await browser.client.me.get.query()
  await sql`update sessions set renew_due = true where user_id = ${id}`.execute(db)
  await sql`select pg_notify('principal_changed', 'u:' || ${id})`.execute(db)
  await expect.poll(async () => (await browser.client.me.get.query()) && browser.cookies.get(cookieName)).not.toBe(old)
  const late = worldloom.browser()
  late.setCookie(cookieName, old)
  await late.open('/auth/sign-out', { method: 'POST' })
  await expectSignedOutEverywhere(browser)
})

describe('rule 12: what ends a session ends it on every server', () => {
  test('signing out, at once where it is done', async () => {
    const browser = await worldloom.signIn('theo')
    const token = browser.cookies.get(cookieName) ?? ''
    expect(await isSignedIn(atSecond(browser))).toBe(true)
    const response = await browser.open('/auth/sign-out', { method: 'POST' })
    expect(response.status).toBe(204)
    expect(browser.cookies.has(cookieName)).toBe(false)
    browser.setCookie(cookieName, token)
    expect(await isSignedIn(browser)).toBe(false)
    await expectSignedOutEverywhere(browser)
  })

  test('revoking a device, or all others', async () => {
    const [here, there, elsewhere] = [
      await worldloom.signIn('ada'),
      await worldloom.signIn('ada'),
      await worldloom.signIn('ada'),
    ]
    expect(await isSignedIn(atSecond(there))).toBe(true)
    const sessions = await here.client.session.list.query()
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
    const theirs = (await there.client.session.list.query()).find(({ isCurrent }) => isCurrent)
    await here.client.session.revoke.mutate({ id: theirs?.id ?? '' })
    await expectSignedOutEverywhere(there)
    expect(await isSignedIn(elsewhere)).toBe(true)
    expect((await here.client.session.revokeOthers.mutate()).revoked).toBeGreaterThanOrEqual(1)
    await expectSignedOutEverywhere(elsewhere)
    expect(await isSignedIn(here)).toBe(true)
    // Somebody else's device can't be revoked.
    const mira = await worldloom.signIn('mira')
    const [ownSession] = await here.client.session.list.query()
    await expect(mira.client.session.revoke.mutate({ id: ownSession?.id ?? '' })).rejects.toThrow('No such session')
  })

  test('deactivation and a change of roles', async () => {
    const browser = await worldloom.signIn('theo')
    const other = atSecond(browser)
    const { id, permissions } = await other.client.me.get.query()
    expect(permissions).not.toContain('world:create')
    await assignRole(db, id, 'user')
    await expect.poll(async () => (await other.client.me.get.query()).permissions).toContain('world:create')
    await db.updateTable('users').set({ isActive: false }).where('id', '=', id).execute()
    await expectSignedOutEverywhere(browser)
    await db.updateTable('users').set({ isActive: true }).where('id', '=', id).execute()
  })

  test('also while the listener is lost: then nothing is cached', async () => {
    const browser = await worldloom.signIn('mira')
    const other = atSecond(browser)
    expect(await isSignedIn(other)).toBe(true)
    const { sql } = await import('kysely')
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'worldloom listener' and datname = current_database()`.execute(db)
    await db
      .deleteFrom('sessions')
      .where(
        'tokenHash',
        '=',
        createHash('sha256')
          .update(browser.cookies.get(cookieName) ?? '')
          .digest(),
      )
      .execute()
    await expectSignedOutEverywhere(browser)
  })
})

describe('rule 13: both expiries end it', () => {
  test.each(['idleExpiresAt', 'expiresAt'] as const)('%s', async (column) => {
    const browser = await worldloom.signIn('mira')
    const hash = createHash('sha256')
      .update(browser.cookies.get(cookieName) ?? '')
      .digest()
    // Not seen by any server yet, so in no cache.
    await db
      .updateTable('sessions')
      .set({ [column]: new Date(Date.now() - 1000) })
      .where('tokenHash', '=', hash)
      .execute()
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('use moves the idle expiry, never past the absolute one', async () => {
    const browser = await worldloom.signIn('mira')
    const hash = createHash('sha256')
      .update(browser.cookies.get(cookieName) ?? '')
      .digest()
    const soon = new Date(Date.now() + 3_600_000)
    await db
      .updateTable('sessions')
      .set({ lastSeenAt: new Date(Date.now() - 120_000), idleExpiresAt: new Date(Date.now() + 5000), expiresAt: soon })
      .where('tokenHash', '=', hash)
      .execute()
    expect(await isSignedIn(browser)).toBe(true)
    const row = await db.selectFrom('sessions').selectAll().where('tokenHash', '=', hash).executeTakeFirstOrThrow()
    expect(row.idleExpiresAt.getTime()).toBe(soon.getTime())
    expect(Date.now() - row.lastSeenAt.getTime()).toBeLessThan(10_000)
  })
})

describe('rule 14: a change with a cookie comes from a page of this site', () => {
  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: worldloom.url }, 200],
    [{}, 200],
  ])('with %j it is answered %i', async (headers, status) => {
    const browser = await worldloom.signIn('mira')
    const response = await browser.open('/trpc/session.revokeOthers', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
    })
    expect(response.status).toBe(status)
  })

  test('a request with a credential of its own never counts by its cookie', async () => {
    const browser = await worldloom.signIn('mira')
    for (const header of ['authorization', 'x-api-key']) {
      const response = await browser.open('/trpc/me.get', { headers: { [header]: 'Bearer whatever' } })
      expect(response.status).toBe(401)
    }
  })
})

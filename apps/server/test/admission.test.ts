import { isWorldloomError, readError } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { describe, expect, test } from 'vitest'
import { atEnd } from './atEnd.ts'
import type { Browser } from './browser.ts'
import { type Account, entraTenant, socialSettings, startSocialProviders } from './socialProviders.ts'
import { startTestWorldloom, type TestWorldloom } from './worldloom.ts'

const social = await startSocialProviders()
const worldloom = await startTestWorldloom({ ...socialSettings, LOCAL_IDENTITY: 'true' })

function google(sub: string, email: string, more: Record<string, unknown> = {}): Account {
  const claims = { iss: 'https://accounts.google.com', sub, email, email_verified: true, name: sub }
  return { profile: { ...claims, ...more } }
}

async function landing(worldloom: TestWorldloom, account: Account): Promise<[Browser, string | null]> {
  const browser = worldloom.browser()
  const response = await browser.open(await social.callback(browser, 'google', account))
  return [browser, response.headers.get('location')]
}

async function kindOfRefusal(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (isWorldloomError(error)) return readError(error).reason?.kind
    throw error
  }
}

describe('who gets in', () => {
  test('BOOTSTRAP_ADMIN_EMAILS: an administrator from the first verified sign-in on, and only then', async () => {
    const worldloom = await startTestWorldloom({ ...socialSettings, BOOTSTRAP_ADMIN_EMAILS: 'boss@company.example' })
    const [boss] = await landing(worldloom, google('boss', 'Boss@company.example'))
    expect((await boss.client.me.get.query()).roles).toEqual(['admin'])
    const [other] = await landing(worldloom, google('other', 'other@company.example'))
    expect((await other.client.me.get.query()).roles).toEqual(['user'])
    // A demoted administrator is not promoted again.
    const { db, close } = createDatabase(worldloom.database.url)
    atEnd(close)
    const { id } = await boss.client.me.get.query()
    await boss.client.user.assignRole.mutate({ userId: (await other.client.me.get.query()).id, role: 'admin' })
    await boss.client.user.removeRole.mutate({ userId: id, role: 'admin' })
    const [again] = await landing(worldloom, google('boss', 'boss@company.example'))
    expect(await kindOfRefusal(again.client.user.list.query())).toBe('notPermitted')
    expect(await db.selectFrom('userRoles').selectAll().where('userId', '=', id).execute()).toEqual([])
  })

  test('an unverified address never makes an administrator', async () => {
    const worldloom = await startTestWorldloom({ ...socialSettings, BOOTSTRAP_ADMIN_EMAILS: 'boss@company.example' })
    const [browser] = await landing(worldloom, google('impostor', 'boss@company.example', { email_verified: false }))
    expect((await browser.client.me.get.query()).roles).toEqual(['user'])
  })

  test('ALLOWED_EMAIL_DOMAINS', async () => {
    const worldloom = await startTestWorldloom({
      ...socialSettings,
      ALLOWED_EMAIL_DOMAINS: 'Company.example, sub.company.example',
    })
    for (const [email, verified, where] of [
      ['a@company.example', true, '/worlds'],
      ['b@SUB.company.example', true, '/worlds'],
      ['c@company.example', false, '/login-failed?error=not_allowed'],
      ['d@evil.example', true, '/login-failed?error=not_allowed'],
      ['e@company.example.evil.example', true, '/login-failed?error=not_allowed'],
      ['f@notcompany.example', true, '/login-failed?error=not_allowed'],
    ] as const) {
      const [, location] = await landing(worldloom, google(email, email, { email_verified: verified }))
      expect(location, email).toBe(where)
    }
  })

  test('ALLOWED_TENANTS: Google’s hd and Entra’s tid', async () => {
    const worldloom = await startTestWorldloom({ ...socialSettings, ALLOWED_TENANTS: `company.example,${entraTenant}` })
    const [, inside] = await landing(worldloom, google('in', 'in@company.example', { hd: 'company.example' }))
    expect(inside).toBe('/worlds')
    for (const hd of [undefined, 'evil.example']) {
      const [, outside] = await landing(worldloom, google(`out-${hd}`, 'out@company.example', { hd }))
      expect(outside).toBe('/login-failed?error=not_allowed')
    }
    for (const [tid, where] of [
      [entraTenant, '/worlds'],
      ['99999999-2222-3333-4444-555555555555', '/login-failed?error=not_allowed'],
    ] as const) {
      const browser = worldloom.browser()
      const profile = {
        iss: `https://login.microsoftonline.com/${tid}/v2.0`,
        tid,
        oid: `o-${tid}`,
        sub: 's',
        name: 'E',
      }
      const response = await browser.open(await social.callback(browser, 'entra', { profile }))
      expect(response.headers.get('location')).toBe(where)
    }
  })

  test('ENTRA_TENANT: another tenant’s account is refused', async () => {
    const worldloom = await startTestWorldloom({ ...socialSettings, ENTRA_TENANT: entraTenant })
    const browser = worldloom.browser()
    const tid = '99999999-2222-3333-4444-555555555555'
    const profile = { iss: `https://login.microsoftonline.com/${tid}/v2.0`, tid, oid: 'o', sub: 's', name: 'E' }
    const response = await browser.open(await social.callback(browser, 'entra', { profile }))
    expect(response.headers.get('location')).toBe('/login-failed?error=not_allowed')
  })
})

describe('linking accounts', () => {
  const facebook = (id: string): Account => ({ profile: { id, name: 'Fay', email: 'mira@worldloom.example' } })

  async function link(browser: Browser, account: Account): Promise<string | null> {
    const { path } = await browser.client.account.link.mutate({ provider: 'facebook', redirect: '/settings/security' })
    const response = await browser.open(await social.callback(browser, 'facebook', account, path))
    return response.headers.get('location')
  }

  test('who is signed in links an account, whatever its address, and signs in with it from then on', async () => {
    const browser = await worldloom.signIn('mira')
    const { id } = await browser.client.me.get.query()
    const before = browser.cookies.get('worldloom_session')
    expect(await link(browser, facebook('fb-mira'))).toBe('/settings/security')
    // Rule 11: a new sign-in is a new session.
    expect(browser.cookies.get('worldloom_session')).not.toBe(before)
    const { accounts } = await browser.client.account.list.query()
    expect(accounts.map(({ provider }) => provider)).toEqual(['local', 'facebook'])
    const other = worldloom.browser()
    await other.open(await social.callback(other, 'facebook', facebook('fb-mira')))
    expect((await other.client.me.get.query()).id).toBe(id)
  })

  test('an address that the linked account proves becomes one’s own, unless somebody else proved it', async () => {
    const linked = async (id: number, email: string) => {
      const browser = worldloom.browser()
      const nobody: Account = { profile: { id, login: `octo-${id}`, name: null }, emails: [] }
      await browser.open(await social.callback(browser, 'github', nobody))
      const { path } = await browser.client.account.link.mutate({ provider: 'google' })
      await browser.open(await social.callback(browser, 'google', google(`g-${id}`, email), path))
      return await browser.client.me.get.query()
    }
    expect(await linked(901, 'own@company.example')).toMatchObject({
      email: 'own@company.example',
      emailVerified: true,
    })
    expect(await linked(902, 'mira@worldloom.example')).toMatchObject({ email: null, emailVerified: false })
  })

  test('an account of somebody else is not taken from them', async () => {
    const theo = await worldloom.signIn('theo')
    expect(await link(theo, facebook('fb-mira'))).toBe('/login-failed?error=already_linked')
    expect((await theo.client.account.list.query()).accounts).toHaveLength(1)
  })

  test('a link begun by one person is not ended by another, nor used twice, nor without a session', async () => {
    const mira = await worldloom.signIn('mira')
    const theo = await worldloom.signIn('theo')
    const { path } = await mira.client.account.link.mutate({ provider: 'facebook' })
    const stolen = await social.callback(theo, 'facebook', facebook('fb-stolen'), path)
    expect((await theo.open(stolen)).headers.get('location')).toBe('/login-failed?error=link_expired')
    expect((await mira.open(path)).headers.get('location')).toBe('/login-failed?error=link_expired')
    const anybody = worldloom.browser()
    const { path: another } = await mira.client.account.link.mutate({ provider: 'facebook' })
    const callback = await social.callback(anybody, 'facebook', facebook('fb-anybody'), another)
    expect((await anybody.open(callback)).headers.get('location')).toBe('/login-failed?error=link_expired')
    expect(await kindOfRefusal(mira.client.account.link.mutate({ provider: 'nowhere' }))).toBe('notFound')
  })

  test('unlinking never takes the last way in, also not twice at once', async () => {
    const mira = await worldloom.signIn('mira')
    const { accounts } = await mira.client.account.list.query()
    const [one, two] = accounts.map(({ provider, subject }) => ({ provider, subject }))
    if (!one || !two) throw new Error('two accounts were linked above')
    const results = await Promise.all([
      kindOfRefusal(mira.client.account.unlink.mutate(one)),
      kindOfRefusal(mira.client.account.unlink.mutate(two)),
    ])
    expect(results.toSorted()).toEqual(['conflict', undefined])
    const left = (await mira.client.account.list.query()).accounts
    expect(left).toHaveLength(1)
    const last = { provider: left[0]?.provider ?? '', subject: left[0]?.subject ?? '' }
    expect(await kindOfRefusal(mira.client.account.unlink.mutate(last))).toBe('conflict')
    const theo = await worldloom.signIn('theo')
    expect(await kindOfRefusal(theo.client.account.unlink.mutate(last))).toBe('notFound')
  })
})

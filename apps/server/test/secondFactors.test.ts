import { decodeBase32 } from '@oslojs/encoding'
import { generateHOTP } from '@oslojs/otp'
import { readError } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { afterAll, describe, expect, test } from 'vitest'
import { accessToken, type Person, person, refusal } from './access.ts'
import { atEnd } from './atEnd.ts'
import type { Browser } from './browser.ts'
import { startMailbox } from './mailbox.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom({ PASSWORD_SIGN_IN: 'true', REQUIRE_SECOND_FACTOR_FOR: 'keeper' })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)
const password = 'four unrelated words here'

const post = (browser: Browser, path: string, body: unknown = {}) =>
  browser.open(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** The code that an authenticator app shows, so many steps from now. */
function codeOf(secret: string, steps = 0): string {
  return generateHOTP(decodeBase32(secret), BigInt(Math.floor(Date.now() / 30_000) + steps), 6)
}

/** Somebody with an authenticator app, and what came with it. */
async function withApp(role = 'user') {
  const who = await person(worldloom, db, role)
  const { secret, uri } = await who.client.secondFactor.beginTotp.mutate()
  // The step before, so that the next codes are left.
  const { recoveryCodes } = await who.client.secondFactor.confirmTotp.mutate({ code: codeOf(secret, -1) })
  return { who, secret, uri, recoveryCodes: recoveryCodes ?? [] }
}

/** A browser that has given the password. */
async function passwordGiven({ email }: Person): Promise<Browser> {
  const browser = worldloom.browser()
  const response = await post(browser, '/auth/password/sign-in', { email, password })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ secondFactor: { totp: true } })
  return browser
}

const isIn = async (browser: Browser) => (await refusal(browser.client.me.get.query())) === undefined

async function eventsOf({ id }: Person): Promise<string[]> {
  const rows = await db.selectFrom('auditEvents').select('action').where('subjectId', '=', id).orderBy('id').execute()
  return rows.map(({ action }) => action)
}

describe('an authenticator app', () => {
  test('is asked for after the password, from the moment on that a code has shown that it is there', async () => {
    const who = await person(worldloom, db, 'user')
    const { secret, uri } = await who.client.secondFactor.beginTotp.mutate()
    expect(uri).toBe(
      `otpauth://totp/Worldloom:${encodeURIComponent(who.email)}?issuer=Worldloom&algorithm=SHA1&secret=${secret}&period=30&digits=6`,
    )
    // Not yet.
    const before = worldloom.browser()
    expect((await post(before, '/auth/password/sign-in', { email: who.email, password })).status).toBe(204)
    expect(await refusal(who.client.secondFactor.confirmTotp.mutate({ code: '000000' }))).toBe('badInput')
    const { recoveryCodes } = await who.client.secondFactor.confirmTotp.mutate({ code: codeOf(secret, -1) })
    expect(recoveryCodes).toHaveLength(10)
    for (const code of recoveryCodes ?? []) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
    // Rule 11: whoever signed in without it is out, and this browser has another token.
    expect(await isIn(before)).toBe(false)
    const token = who.browser.cookies.get('worldloom_session')
    expect(await isIn(who.browser)).toBe(true)
    expect(who.browser.cookies.get('worldloom_session')).not.toBe(token)
    expect(await refusal(who.client.secondFactor.beginTotp.mutate())).toBe('conflict')

    const browser = await passwordGiven(who)
    expect(await isIn(browser)).toBe(false)
    expect(await (await browser.open('/auth/second-factor')).json()).toEqual({
      ...{ totp: true, passkey: false, recoveryCode: true },
    })
    expect((await post(browser, '/auth/second-factor/code', { code: codeOf(secret) })).status).toBe(204)
    expect(await isIn(browser)).toBe(true)
    expect(await eventsOf(who)).toEqual(['user.create', 'signIn', 'signIn', 'secondFactor.add', 'signIn'])
  })

  test('rule 49: no code works twice, in its window or sent twice at once', async () => {
    const { who, secret } = await withApp()
    const [one, other] = [await passwordGiven(who), await passwordGiven(who)]
    const code = codeOf(secret)
    const both = await Promise.all([one, other].map((browser) => post(browser, '/auth/second-factor/code', { code })))
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400])
    const third = await passwordGiven(who)
    // One from before is no better.
    for (const used of [code, codeOf(secret, -1)]) {
      expect((await post(third, '/auth/second-factor/code', { code: used })).status).toBe(400)
    }
    expect((await post(third, '/auth/second-factor/code', { code: ` ${codeOf(secret, 1)} ` })).status).toBe(204)
  })

  test('is removed by whoever has it, and then not asked for', async () => {
    const { who } = await withApp()
    expect(await who.client.secondFactor.list.query()).toMatchObject({ recoveryCodes: 10, passkeys: [] })
    await who.client.secondFactor.removeTotp.mutate()
    expect(await who.client.secondFactor.list.query()).toMatchObject({ totpSince: null, recoveryCodes: 0 })
    expect(await refusal(who.client.secondFactor.createRecoveryCodes.mutate())).toBe('conflict')
    expect((await post(worldloom.browser(), '/auth/password/sign-in', { email: who.email, password })).status).toBe(204)
  })
})

test('rule 49: a recovery code works once; new ones make the old ones void', async () => {
  const { who, recoveryCodes } = await withApp()
  const [first = '', second = ''] = recoveryCodes
  const browsers = await Promise.all([passwordGiven(who), passwordGiven(who)])
  const both = await Promise.all(
    browsers.map((browser) => post(browser, '/auth/second-factor/code', { code: first.toUpperCase() })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([204, 400])
  expect((await who.client.secondFactor.list.query()).recoveryCodes).toBe(9)
  const made = await who.client.secondFactor.createRecoveryCodes.mutate()
  expect(made.recoveryCodes).toHaveLength(10)
  const later = await passwordGiven(who)
  expect((await post(later, '/auth/second-factor/code', { code: second })).status).toBe(400)
  expect((await post(later, '/auth/second-factor/code', { code: made.recoveryCodes[0] })).status).toBe(204)
  // Not in the database as they are.
  const { rows } = await import('kysely').then(({ sql }) =>
    sql<{ text: string }>`select recovery_codes::text as text from recovery_codes`.execute(db),
  )
  expect(rows.some(({ text }) => text.includes(second.replaceAll('-', '')))).toBe(false)
})

describe('the first factor alone', () => {
  test('is not a sign-in: no other route takes it, and it ends', async () => {
    const { who } = await withApp()
    const browser = await passwordGiven(who)
    expect([...browser.cookies.keys()]).toEqual(['worldloom_second_factor'])
    expect((await post(browser, '/auth/token')).status).toBe(401)
    expect((await post(browser, '/auth/confirm/password', { password })).status).toBe(401)
    const stranger = worldloom.browser()
    expect((await stranger.open('/auth/second-factor')).status).toBe(404)
    expect((await post(stranger, '/auth/second-factor/code', { code: '123456' })).status).toBe(404)
    await db
      .updateTable('oneTimeTokens')
      .set({ expiresAt: new Date(0) })
      .where('userId', '=', who.id)
      .execute()
    expect((await browser.open('/auth/second-factor')).status).toBe(404)
  })

  test('rule 49: is not enough for the password grant, and that is said to who knows the password only', async () => {
    const { who } = await withApp()
    const grant = (given: string) =>
      fetch(`${worldloom.url}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'password', username: who.email, password: given }),
      })
    const [right, wrong] = [await grant(password), await grant('something else')]
    expect([right.status, wrong.status]).toEqual([400, 400])
    expect(await right.json()).toMatchObject({ error: 'invalid_grant', error_description: /second factor/ })
    expect(JSON.stringify(await wrong.json())).not.toContain('second factor')
  })

  test('is not enough with a linked account either', async () => {
    const ada = worldloom.browser()
    await ada.signIn('theo')
    const { secret } = await ada.client.secondFactor.beginTotp.mutate()
    await ada.client.secondFactor.confirmTotp.mutate({ code: codeOf(secret, -1) })
    const again = worldloom.browser()
    const response = await again.signIn('theo', '/worlds?sort=name')
    expect(response.headers.get('location')).toBe('/second-factor?redirect=%2Fworlds%3Fsort%3Dname')
    expect(await isIn(again)).toBe(false)
    expect((await post(again, '/auth/second-factor/code', { code: codeOf(secret) })).status).toBe(204)
    expect(await isIn(again)).toBe(true)
  })
})

describe('where a role requires one', () => {
  test('who has none can only look after their account, by browser, token and key, until they have', async () => {
    const admin = await person(worldloom, db, 'admin')
    await admin.client.role.create.mutate({ name: 'keeper', permissions: ['world:read', 'world:create'] })
    const who = await person(worldloom, db, 'user')
    const { key } = await who.client.apiKey.create.mutate({ name: 'Key', roles: ['user'] })
    await admin.client.user.assignRole.mutate({ userId: who.id, role: 'keeper' })
    const worlds = (headers: Record<string, string>) => fetch(`${worldloom.url}/api/v1/worlds`, { headers })
    await expect.poll(() => refusal(who.client.world.list.query())).toBe('notPermitted')
    expect(await who.client.me.get.query()).toMatchObject({ needsSecondFactor: true })
    expect((await worlds({ 'x-api-key': key })).status).toBe(403)
    expect((await worlds({ authorization: `Bearer ${await accessToken(who)}` })).status).toBe(403)
    expect((await who.client.secondFactor.list.query()).isRequired).toBe(true)
    const { secret } = await who.client.secondFactor.beginTotp.mutate()
    await who.client.secondFactor.confirmTotp.mutate({ code: codeOf(secret, -1) })
    await expect.poll(() => refusal(who.client.world.list.query())).toBeUndefined()
    expect((await worlds({ 'x-api-key': key })).status).toBe(200)
    const refused = await who.client.secondFactor.removeTotp.mutate().catch((error) => readError(error))
    expect(refused).toMatchObject({ message: expect.stringContaining('requires a second factor') })
  })
})

test('an administrator takes them away from who has lost them: logged, and every session ends', async () => {
  const { who } = await withApp()
  const admin = await person(worldloom, db, 'admin')
  expect((await admin.client.user.byId.query({ id: who.id })).hasSecondFactor).toBe(true)
  expect(await refusal(who.client.user.resetSecondFactors.mutate({ id: admin.id }))).toBe('notPermitted')
  await admin.client.user.resetSecondFactors.mutate({ id: who.id })
  await expect.poll(() => isIn(who.browser)).toBe(false)
  expect(await eventsOf(who)).toContain('secondFactor.reset')
  expect((await post(worldloom.browser(), '/auth/password/sign-in', { email: who.email, password })).status).toBe(204)
  expect(
    await refusal(admin.client.user.resetSecondFactors.mutate({ id: '00000000-0000-7000-8000-000000000000' })),
  ).toBe('notFound')
})

test('what happens to second factors is mailed to who has them', async () => {
  const mailbox = await startMailbox()
  const mailing = await startTestWorldloom({ PASSWORD_SIGN_IN: 'true', SMTP_URL: mailbox.url })
  const its = createDatabase(mailing.database.url)
  atEnd(its.close)
  const who = await person(mailing, its.db, 'user')
  await its.db.updateTable('users').set({ emailVerified: true }).where('id', '=', who.id).execute()
  const { secret } = await who.client.secondFactor.beginTotp.mutate()
  const { recoveryCodes } = await who.client.secondFactor.confirmTotp.mutate({ code: codeOf(secret, -1) })
  expect((await mailbox.next(who.email)).text).toContain('an authenticator app was added')
  const browser = mailing.browser()
  await post(browser, '/auth/password/sign-in', { email: who.email, password })
  expect((await post(browser, '/auth/second-factor/code', { code: recoveryCodes?.[0] })).status).toBe(204)
  expect((await mailbox.next(who.email)).text).toContain('9 are left')
  await browser.client.secondFactor.removeTotp.mutate()
  expect((await mailbox.next(who.email)).text).toContain('an authenticator app was removed')
  const admin = await person(mailing, its.db, 'admin')
  await admin.client.user.resetSecondFactors.mutate({ id: who.id })
  expect((await mailbox.next(who.email)).text).toContain('took all passkeys')
})

describe('what takes having signed in lately', () => {
  /** Lets a session have begun an hour ago. */
  async function age({ id }: Person): Promise<void> {
    const before = new Date(Date.now() - 3_600_000)
    await db.updateTable('sessions').set({ createdAt: before, confirmedAt: before }).where('userId', '=', id).execute()
  }

  test('is refused an hour later, and not once that has been confirmed, in this session alone', async () => {
    const who = await person(worldloom, db, 'user')
    const other = worldloom.browser()
    await post(other, '/auth/password/sign-in', { email: who.email, password })
    await age(who)
    const make = (browser: Browser, name: string) =>
      refusal(browser.client.apiKey.create.mutate({ name, roles: ['user'] }))
    await expect.poll(() => make(who.browser, 'Late')).toBe('signInAgain')
    // What does not hurt goes on.
    expect(await isIn(who.browser)).toBe(true)
    expect((await post(who.browser, '/auth/confirm/password', { password: 'something else' })).status).toBe(403)
    expect(await make(who.browser, 'Late')).toBe('signInAgain')
    expect((await post(who.browser, '/auth/confirm/password', { password })).status).toBe(204)
    expect(await make(who.browser, 'Now')).toBeUndefined()
    // Rule: fresh sign-in is not transferable between sessions.
    expect(await make(other, 'Elsewhere')).toBe('signInAgain')
    const { client } = who
    const { id } = await client.world.create.mutate({ name: 'To be deleted' })
    expect(await refusal(client.world.delete.mutate({ id, version: 1 }))).toBeUndefined()
    expect(await eventsOf(who)).toContain('session.confirm')
  })

  test('a token is as fresh as its session, a key is not asked', async () => {
    const who = await person(worldloom, db, 'user')
    const { key } = await who.client.apiKey.create.mutate({
      name: 'Deletes',
      permissions: ['world:read', 'world:delete'],
    })
    const { id } = await who.client.world.create.mutate({ name: 'Also to be deleted' })
    const token = await accessToken(who)
    await age(who)
    const remove = (headers: Record<string, string>) =>
      fetch(`${worldloom.url}/api/v1/worlds/${id}`, { method: 'DELETE', headers: { 'if-match': '"1"', ...headers } })
    await expect.poll(async () => (await remove({ authorization: `Bearer ${token}` })).status).toBe(403)
    expect((await remove({ 'x-api-key': key })).status).toBe(200)
  })

  test('is confirmed by a code of the app too, which is used up by that', async () => {
    const { who, secret } = await withApp()
    await age(who)
    const code = codeOf(secret)
    await expect.poll(() => refusal(who.client.secondFactor.createRecoveryCodes.mutate())).toBe('signInAgain')
    expect((await post(who.browser, '/auth/confirm/code', { code })).status).toBe(204)
    expect(await refusal(who.client.secondFactor.createRecoveryCodes.mutate())).toBeUndefined()
    expect((await post(who.browser, '/auth/confirm/code', { code })).status).toBe(400)
  })
})

test('a passkey is made up by nobody: nonsense, another challenge and another site are refused', async () => {
  const who = await person(worldloom, db, 'user')
  const options = await who.client.secondFactor.passkeyOptions.mutate()
  expect(options.rp).toEqual({ id: 'localhost', name: 'Worldloom' })
  expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const made = (challenge: string, origin: string) => ({
    ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key' as const, clientExtensionResults: {} },
    response: { clientDataJSON: json({ type: 'webauthn.create', challenge, origin }), attestationObject: 'AAAA' },
  })
  for (const created of [
    made('x', worldloom.url),
    made(options.challenge, 'https://evil.example'),
    made(options.challenge, worldloom.url),
  ]) {
    expect(await refusal(who.client.secondFactor.addPasskey.mutate({ created }))).toBe('badInput')
  }
  const shown = {
    ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} },
    response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
  }
  const browser = worldloom.browser()
  const begun = (await (await post(browser, '/auth/passkey/options')).json()) as { challenge: string }
  for (const clientDataJSON of ['AAAA', json({ type: 'webauthn.get', ...begun, origin: worldloom.url })]) {
    const response = await post(browser, '/auth/passkey', {
      shown: { ...shown, response: { ...shown.response, clientDataJSON } },
    })
    expect(response.status).toBe(400)
  }
  expect(await isIn(browser)).toBe(false)
})

// The last, as the limit is on where everybody here comes from.
test('rule 49: 100 guesses at once count as 100', async () => {
  const { who, secret, recoveryCodes } = await withApp()
  const browser = await passwordGiven(who)
  const tries = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      post(browser, '/auth/second-factor/code', { code: String(index).padStart(6, '0') }),
    ),
  )
  const statuses = tries.map(({ status }) => status)
  expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(10)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(90)
  // The right one does not help any more, for a while.
  for (const code of [codeOf(secret), recoveryCodes[0]]) {
    const refused = await post(browser, '/auth/second-factor/code', { code })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  }
})

import { hash } from '@node-rs/argon2'
import { createDatabase } from '@worldloom/db'
import { afterAll, describe, expect, test } from 'vitest'
import { refusal } from './access.ts'
import type { Browser } from './browser.ts'
import { linkToken, startMailbox } from './mailbox.ts'
import { startTestWorldloom, type TestWorldloom } from './worldloom.ts'

const mailbox = await startMailbox()
/** With mail, and behind a proxy, so that tests can choose their IP address. */
const mailing = await startTestWorldloom({
  SMTP_URL: mailbox.url,
  PASSWORD_SIGN_IN: 'true',
  LOCAL_IDENTITY: 'true',
  TRUSTED_PROXIES: '1',
  BOOTSTRAP_ADMIN_EMAILS: 'boss@example.com',
})
/** With nothing configured, as when trying out Worldloom. */
const trial = await startTestWorldloom()
const { db, close } = createDatabase(mailing.database.url)
afterAll(close)

const good = 'four unrelated words here'
let addresses = 0
/** Has its own IP address. */
function stranger(worldloom: TestWorldloom = mailing): { browser: Browser; ip: string } {
  addresses++
  return { browser: worldloom.browser(), ip: `198.51.${addresses >> 8}.${addresses & 255}` }
}

async function post(browser: Browser, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await browser.open(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
}

async function signIn(email: string, password: string, from = stranger()) {
  return await post(from.browser, '/auth/password/sign-in', { email, password }, { 'x-forwarded-for': from.ip })
}

/** A user who has signed up and proved their address. */
async function member(email: string, password = good): Promise<Browser> {
  const { browser, ip } = stranger()
  const person = { email, password, firstName: 'Some', lastName: 'One' }
  await post(browser, '/auth/password/sign-up', person, { 'x-forwarded-for': ip })
  const token = linkToken(await mailbox.next(email))
  const verified = await post(browser, '/auth/email/verify', { token }, { 'x-forwarded-for': ip })
  expect(verified.body).toEqual({ signedIn: true })
  return browser
}

describe('signing up', () => {
  test('the address is proved before there is an account', async () => {
    const { browser } = stranger()
    const person = { email: 'New@example.com', password: good, firstName: 'New', lastName: 'Comer' }
    expect((await post(browser, '/auth/password/sign-up', person)).body).toEqual({ signedIn: false })
    expect(await db.selectFrom('users').selectAll().where('email', '=', 'New@example.com').execute()).toEqual([])
    expect((await signIn('new@example.com', good)).status).toBe(403)
    const mail = await mailbox.next('New@example.com')
    expect(mail.text).toContain(`${mailing.url}/verify-email?token=`)
    const token = linkToken(mail)
    expect((await post(browser, '/auth/email/verify', { token })).body).toEqual({ signedIn: true })
    expect(await browser.client.me.get.query()).toMatchObject({
      email: 'New@example.com',
      emailVerified: true,
      displayName: 'New Comer',
      roles: ['user'],
      isComplete: true,
    })
    // Once.
    expect((await post(browser, '/auth/email/verify', { token })).status).toBe(404)
    expect((await signIn('NEW@EXAMPLE.COM', good)).status).toBe(204)
  })

  test('whether an address is taken shows in a mail to its owner alone', async () => {
    await member('taken@example.com')
    const { browser } = stranger()
    const person = { email: 'Taken@example.com', password: 'another long password', firstName: 'A', lastName: 'B' }
    const answer = await post(browser, '/auth/password/sign-up', person)
    expect([answer.status, answer.body]).toEqual([200, { signedIn: false }])
    expect((await mailbox.next('Taken@example.com')).text).toContain('There is one already')
    expect((await signIn('taken@example.com', 'another long password')).status).toBe(403)
  })

  test('a proved address of BOOTSTRAP_ADMIN_EMAILS makes an administrator', async () => {
    expect((await (await member('boss@example.com')).client.me.get.query()).roles).toEqual(['admin'])
  })

  test('where nothing is configured one is in at once; the link is in the log', async () => {
    const browser = trial.browser()
    const person = { email: 'me@home.example', password: good, firstName: 'Me', lastName: 'Myself' }
    expect((await post(browser, '/auth/password/sign-up', person)).body).toEqual({ signedIn: true })
    expect(await browser.client.me.get.query()).toMatchObject({ email: 'me@home.example', emailVerified: false })
    const again = await post(trial.browser(), '/auth/password/sign-up', person)
    expect([again.status, again.body.reason]).toEqual([409, { kind: 'taken', resource: 'account', field: 'email' }])
    const token = /verify-email\?token=([\w-]+)/.exec(trial.log.join(''))?.[1]
    expect((await post(browser, '/auth/email/verify', { token })).body).toEqual({ signedIn: false })
    await expect.poll(async () => (await browser.client.me.get.query()).emailVerified).toBe(true)
  })

  test('somebody who proves an address is not the one who only claimed it', async () => {
    // Somebody signs up with Mira's address, unproved here. Then Mira signs in with a provider that proves it.
    const squatter = trial.browser()
    const email = 'theo@worldloom.example'
    const person = { email, password: good, firstName: 'Not', lastName: 'Theo' }
    await db.selectFrom('users').select('id').execute()
    expect((await post(squatter, '/auth/password/sign-up', person)).status).toBe(409)
    const theo = await trial.signIn('theo')
    expect((await theo.client.me.get.query()).displayName).toBe('Theo Lindqvist')
  })

  test('what is turned off says so', async () => {
    const off = await startTestWorldloom({ PASSWORD_SIGN_IN: 'false' })
    expect(await (await off.browser().open('/auth/password')).json()).toEqual({
      signIn: false,
      signUp: false,
      mail: 'logged',
    })
    const refused = await post(off.browser(), '/auth/password/sign-in', { email: 'a@b.example', password: 'x' })
    expect([refused.status, refused.body.detail]).toEqual([404, 'Signing in with a password is turned off here.'])
    const token = await off.browser().open('/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', username: 'a', password: 'b' }),
    })
    expect(await token.json()).toMatchObject({ error: 'unsupported_grant_type' })
  })
})

describe('rule 15: argon2id at OWASP’s parameters', () => {
  test('and hashed again at the next sign-in when it was less', async () => {
    await member('weak@example.com')
    const weak = await hash(good, { memoryCost: 4096, timeCost: 1, parallelism: 1 })
    const own = db.selectFrom('passwordCredentials').select('hash').where('email', '=', 'weak@example.com')
    expect((await own.executeTakeFirstOrThrow()).hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await db.updateTable('passwordCredentials').set({ hash: weak }).where('email', '=', 'weak@example.com').execute()
    expect((await signIn('weak@example.com', good)).status).toBe(204)
    expect((await own.executeTakeFirstOrThrow()).hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await signIn('weak@example.com', good)).status).toBe(204)
  })
})

describe('rule 16: an unknown address and a wrong password are one and the same', () => {
  test('in status, body, headers, and within noise in time', async () => {
    await member('known@example.com')
    const timed = async (email: string) => {
      const started = performance.now()
      const { status, body, headers } = await signIn(email, 'not the password')
      const { requestId, ...rest } = body
      expect(requestId).toMatch(/./)
      const told = Object.fromEntries([...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)))
      return { told: { status, body: rest, headers: told }, milliseconds: performance.now() - started }
    }
    const runs = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 8; round++) {
      const known = await timed('known@example.com')
      const unknown = await timed(`nobody-${round}@example.com`)
      expect(unknown.told).toEqual(known.told)
      runs.known.push(known.milliseconds)
      runs.unknown.push(unknown.milliseconds)
    }
    const median = (values: number[]) => values.toSorted((one, other) => one - other)[4] ?? 0
    // Without a hash to compare, it would take a tenth of the time.
    expect(median(runs.unknown) / median(runs.known)).toBeGreaterThan(0.4)
    expect(median(runs.unknown) / median(runs.known)).toBeLessThan(2.5)
  })

  test('asking for a new password says nothing either', async () => {
    const answers = await Promise.all(
      ['known@example.com', 'nobody@example.com'].map((email) =>
        post(stranger().browser, '/auth/password/forgot', { email }),
      ),
    )
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [204, undefined],
      [204, undefined],
    ])
    expect(linkToken(await mailbox.next('known@example.com'))).toMatch(/^[\w-]{43}$/)
    expect(mailbox.mails).toEqual([])
  })
})

describe('rule 17: guessing is slowed down, and nobody is locked out for good', () => {
  test('ten failures for an account, from anywhere; the right password works where it is known to be used', async () => {
    const home = stranger()
    await member('guessed@example.com')
    expect((await signIn('guessed@example.com', good, home)).status).toBe(204)
    for (let tries = 0; tries < 10; tries++)
      expect((await signIn('guessed@example.com', `guess ${tries}`)).status).toBe(403)
    const refused = await signIn('Guessed@example.com', good)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600)
    expect(refused.headers.get('ratelimit-policy')).toBe('"passwordAccount";q=10;w=900')
    expect(refused.headers.get('ratelimit')).toMatch(/^"passwordAccount";r=0;t=\d+$/)
    // Strangers do not lock the owner out at home.
    expect((await signIn('guessed@example.com', good, home)).status).toBe(204)
    // Afterwards the owner can sign in from anywhere.
    await db.deleteFrom('rateLimits').execute()
    const later = await startTestWorldloom({
      DATABASE_URL: mailing.database.url,
      PASSWORD_SIGN_IN: 'true',
      TRUSTED_PROXIES: '1',
    })
    expect((await signIn('guessed@example.com', good, stranger(later))).status).toBe(204)
  })

  test('an account that there is not is limited like any other', async () => {
    for (let tries = 0; tries < 10; tries++) await signIn('ghost@example.com', 'x')
    expect((await signIn('ghost@example.com', 'x')).status).toBe(429)
  })

  test('many guesses at once are counted too', async () => {
    await member('burst@example.com')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => signIn('burst@example.com', `x${index}`)),
    )
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20)
  })

  test('fifty failures from one address, whoever they are for; and on every server', async () => {
    const from = stranger()
    const second = await startTestWorldloom({
      DATABASE_URL: mailing.database.url,
      PASSWORD_SIGN_IN: 'true',
      TRUSTED_PROXIES: '1',
    })
    const there = { browser: second.browser(), ip: from.ip }
    for (let tries = 0; tries < 25; tries++) {
      expect((await signIn(`a${tries}@example.com`, 'x', from)).status).toBe(403)
      expect((await signIn(`b${tries}@example.com`, 'x', there)).status).toBe(403)
    }
    expect((await signIn('c@example.com', 'x', from)).status).toBe(429)
    expect((await signIn('c@example.com', 'x', there)).status).toBe(429)
    expect((await signIn('c@example.com', 'x')).status).toBe(403)
  })
})

describe('rule 18: what a password may be', () => {
  const attempt = async (password: string) => {
    const { browser, ip } = stranger()
    const person = { email: `p${ip}@example.com`, password, firstName: 'Pat', lastName: 'Ter' }
    const { status, body } = await post(browser, '/auth/password/sign-up', person, { 'x-forwarded-for': ip })
    return status === 200 ? 'accepted' : body.reason?.fields?.password?.join()
  }

  test.each([
    ['elf letters', /At least 12/],
    ['x'.repeat(257), /At most 256/],
    ['half a character \ud800', /half a character/],
    ['qwertyuiop12', /first that are guessed/],
    ['QwertyUiop12', /first that are guessed/],
    ['unbelievable', /first that are guessed/],
    ['unbelievable2026!', /first that are guessed/],
    ['aaaaaaaaaaaaaaa', /first that are guessed/],
    ['abcabcabcabcabc', /first that are guessed/],
    ['12345678901234', /first that are guessed/],
    ['worldloom123', /too close/],
  ])('%j is refused', async (password, reason) => {
    expect(await attempt(password)).toMatch(reason)
  })

  test.each([
    ['no rules of composition', 'mild otter ladder'],
    ['all of Unicode', 'пароль из слов 🏔️ 山川'],
    ['256 characters', `${'🦉x'.repeat(64)}${'ab cd'.repeat(25)}end`],
    ['spaces at the ends', '  leading and trailing  '],
  ])('%s: accepted', async (_name, password) => {
    expect([...password].length).toBeLessThanOrEqual(256)
    expect(await attempt(password)).toBe('accepted')
  })

  test('the same characters typed on another keyboard are the same password', async () => {
    await member('unicode@example.com', 'café \u00e9\ufb01 zwölf Wörter')
    expect((await signIn('unicode@example.com', 'cafe\u0301 e\u0301fi zwo\u0308lf Wo\u0308rter')).status).toBe(204)
  })
})

describe('changing and resetting', () => {
  test('a change asks for the old one, ends other sessions, and rule 11: makes this one new', async () => {
    const here = await member('changer@example.com')
    const there = stranger()
    await signIn('changer@example.com', good, there)
    const wrong = await post(here, '/auth/password/change', {
      currentPassword: 'wrong',
      newPassword: 'another good password',
    })
    expect([wrong.status, wrong.body.reason]).toEqual([403, { kind: 'wrongPassword' }])
    expect((await post(here, '/auth/password/change', { newPassword: 'another good password' })).status).toBe(403)
    const before = here.cookies.get('worldloom_session')
    const change = { currentPassword: good, newPassword: 'another good password' }
    expect((await post(here, '/auth/password/change', change)).status).toBe(204)
    expect(here.cookies.get('worldloom_session')).not.toBe(before)
    expect((await here.client.me.get.query()).email).toBe('changer@example.com')
    await expect
      .poll(() =>
        there.browser.client.me.get.query().then(
          () => 'in',
          () => 'out',
        ),
      )
      .toBe('out')
    expect((await mailbox.next('changer@example.com')).text).toContain('was changed')
    expect((await signIn('changer@example.com', good)).status).toBe(403)
    expect((await signIn('changer@example.com', 'another good password')).status).toBe(204)
  })

  test('who has none sets one shortly after signing in, and signs in with the proved address', async () => {
    const mira = await mailing.signIn('mira')
    const { id } = await mira.client.me.get.query()
    await db
      .updateTable('sessions')
      .set({ confirmedAt: new Date(Date.now() - 3_600_000) })
      .where('userId', '=', id)
      .execute()
    await expect.poll(() => refusal(mira.client.secondFactor.passkeyOptions.mutate())).toBe('signInAgain')
    const late = await post(mira, '/auth/password/change', { newPassword: good })
    expect([late.status, late.body.reason]).toEqual([403, { kind: 'signInAgain' }])
    const fresh = await mailing.signIn('mira')
    expect((await post(fresh, '/auth/password/change', { newPassword: good })).status).toBe(204)
    const with_ = stranger()
    expect((await signIn('mira@worldloom.example', good, with_)).status).toBe(204)
    expect((await with_.browser.client.me.get.query()).id).toBe(id)
  })

  test('a reset by the mailed link, once, ends every session and other links', async () => {
    const here = await member('forgetful@example.com')
    await post(stranger().browser, '/auth/password/forgot', { email: 'Forgetful@example.com' })
    const first = linkToken(await mailbox.next('forgetful@example.com'))
    await post(stranger().browser, '/auth/password/forgot', { email: 'forgetful@example.com' })
    const second = linkToken(await mailbox.next('forgetful@example.com'))
    const { browser } = stranger()
    expect((await post(browser, '/auth/password/reset', { token: second, password: 'too short' })).status).toBe(400)
    const reset = { token: second, password: 'remembered this time' }
    expect((await post(browser, '/auth/password/reset', reset)).status).toBe(204)
    expect((await post(browser, '/auth/password/reset', reset)).status).toBe(404)
    expect((await post(browser, '/auth/password/reset', { ...reset, token: first })).status).toBe(404)
    await expect
      .poll(() =>
        here.client.me.get.query().then(
          () => 'in',
          () => 'out',
        ),
      )
      .toBe('out')
    expect((await signIn('forgetful@example.com', 'remembered this time')).status).toBe(204)
  })

  test('an old link is no good', async () => {
    await member('slow@example.com')
    await post(stranger().browser, '/auth/password/forgot', { email: 'slow@example.com' })
    const token = linkToken(await mailbox.next('slow@example.com'))
    await db
      .updateTable('oneTimeTokens')
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .execute()
    expect((await post(stranger().browser, '/auth/password/reset', { token, password: good })).status).toBe(404)
  })
})

test('rules 10 and 36: in production the cookie is bound to the host, and no link that was not mailed is in the log', async () => {
  const live = await startTestWorldloom({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://worlds.example.com',
    DATABASE_URL: mailing.database.url,
    PASSWORD_SIGN_IN: 'true',
  })
  const local = `http://localhost:${live.port}`
  await member('live@example.com')
  const send = (path: string, body: object) =>
    fetch(local + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect(await (await fetch(`${local}/auth/password`)).json()).toEqual({ signIn: true, signUp: false, mail: 'none' })
  const entered = await send('/auth/password/sign-in', { email: 'live@example.com', password: good })
  expect(entered.headers.getSetCookie()[0]).toMatch(
    /^__Host-worldloom_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect((await send('/auth/password/forgot', { email: 'live@example.com' })).status).toBe(204)
  await expect.poll(() => live.log.join('')).toContain('no mail was sent')
  expect(live.log.join('')).not.toContain('token=')
})

describe('bad input', () => {
  test.each<[string, unknown, Record<string, string>, number, RegExp]>([
    ['a form', 'email=a&password=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, /Send JSON/],
    ['half of JSON', '{"email":', {}, 400, /not JSON/],
    ['nothing', '', {}, 400, /not JSON/],
    ['an array', [], {}, 400, /expected object/i],
    ['numbers', { email: 1, password: 2 }, {}, 400, /email/],
    ['fields that are not asked for', { email: 'a', password: 'b', role: 'admin' }, {}, 400, /role/],
    ['a NUL', { email: 'a\0@b.example', password: 'a\0b' }, {}, 403, /wrong/],
    ['a very long password', { email: 'a@b.example', password: 'x'.repeat(100_000) }, {}, 400, /too long/],
  ])('%s', async (_name, body, headers, status, sentence) => {
    const answer = await post(stranger().browser, '/auth/password/sign-in', body, headers)
    expect(answer.status).toBe(status)
    expect(answer.body.detail).toMatch(sentence)
  })

  test('rule 36: no password is ever logged', () => {
    const log = [...mailing.log, ...trial.log].join('')
    expect(log.length).toBeGreaterThan(1000)
    for (const password of [good, 'another good password', 'remembered this time']) expect(log).not.toContain(password)
  })
})

import { createApiKey, createUserWithPassword, findUserGrants, operator } from '@worldloom/auth'
import { createWorldloomClient } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { afterAll, describe, expect, test } from 'vitest'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()
const database = createDatabase(worldloom.database.url)
afterAll(() => database.close())

const password = 'four unrelated words here'
let count = 0

/** A user with a password who has not signed in yet. */
async function newcomer(
  role = 'user',
  names: { firstName?: string; lastName?: string } = { firstName: 'New', lastName: 'Comer' },
) {
  count++
  const email = `newcomer-${count}@example.com`
  const person = { email, displayName: `Newcomer ${count}`, password, role, ...names }
  const { id } = await createUserWithPassword(database.db, operator, person)
  return { id, email }
}

async function signInWithPassword(visitor: Visitor, email: string, secret = password): Promise<void> {
  const { page } = visitor
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

describe('with a password', () => {
  test('a stranger makes an account, comes back, and is told what was wrong', async () => {
    const visitor = await arrive()
    const { page } = visitor
    await page.goto('/worlds?sort=name')
    await page.getByRole('link', { name: 'Create an account' }).click()
    await page.getByLabel('First name').fill('Nell')
    await page.getByLabel('Last name').fill('Quick')
    await page.getByLabel('E-mail').fill('nell@example.com')
    await page.getByLabel('Password').fill('qwertyuiop12')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText('among the first that are guessed', { exact: false }).waitFor()
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    // The page they were going to.
    await page.waitForURL('**/worlds?sort=name')
    await page.getByRole('button', { name: 'menu of Nell Quick' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL('**/sign-in')
    await signInWithPassword(visitor, 'nell@example.com', 'not the password')
    await page.getByRole('alert').getByText('The e-mail address or the password is wrong.').waitFor()
    await signInWithPassword(visitor, 'Nell@Example.com')
    await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
  })

  test('by the keyboard alone', async () => {
    const { email } = await newcomer()
    const visitor = await arrive()
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').waitFor()
    // Past the demo account and passkeys.
    for (let count = 0; count < 3; count++) await page.keyboard.press('Tab')
    await page.keyboard.type(email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
  })

  test('a new password signs every other device out, and the form asks for the old one', async () => {
    const { email } = await newcomer()
    const [here, there] = [await arrive(), await arrive()]
    for (const visitor of [here, there]) {
      await visitor.page.goto('/settings/security')
      await signInWithPassword(visitor, email)
      await visitor.page.getByRole('heading', { name: 'Devices' }).waitFor()
    }
    const { page } = here
    await page.reload()
    await page.getByRole('button', { name: /^Sign out (?!all)/ }).waitFor()
    await page.getByLabel('Current password').fill('wrong')
    await page.getByLabel('New password').fill('another good password')
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('The current password is wrong.').waitFor()
    await page.getByLabel('Current password').fill(password)
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('Your password is changed.').waitFor()
    await expect.poll(() => page.getByRole('button', { name: /^Sign out (?!all)/ }).count()).toBe(0)
    await there.page.reload()
    await there.page.waitForURL('**/sign-in?**')
  })

  test('who forgot it sets a new one by the link', async () => {
    const { email } = await newcomer()
    const visitor = await arrive()
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByRole('heading', { name: 'A new password' }).waitFor()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Mail me a link' }).click()
    await page.getByText('finds the link in its log').waitFor()
    // It is sent after the answer, which takes as long whether there is such an account or not.
    const sent = () => /reset-password\?token=([\w-]+)/.exec(worldloom.log.join(''))?.[1]
    await expect.poll(sent).toBeDefined()
    const token = sent()
    await page.goto(`/reset-password?token=${token}`)
    await page.getByLabel('New password').fill('remembered this time')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signInWithPassword(visitor, email, 'remembered this time')
    await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
    await page.goto(`/reset-password?token=${token}`)
    await page.getByLabel('New password').fill('remembered once more')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('This link was used already').waitFor()
  })
})

test('a newcomer without a name is asked for it, may put it off, and lands where they were going', async () => {
  const { email } = await newcomer('user', {})
  const visitor = await arrive()
  const { page } = visitor
  await page.goto('/settings/api-keys')
  await signInWithPassword(visitor, email)
  await page.getByRole('heading', { name: 'What’s your name?' }).waitFor()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Is required').first().waitFor()
  await page.getByLabel('First name').fill('Ning')
  await page.getByLabel('Last name').fill('Ode')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/settings/api-keys')
  await page.getByRole('button', { name: 'menu of Ning Ode' }).waitFor()

  const other = await newcomer('user', {})
  const later = await arrive()
  await later.page.goto('/worlds')
  await signInWithPassword(later, other.email)
  await later.page.getByRole('button', { name: 'Later' }).click()
  await later.page.getByRole('heading', { name: 'Your worlds' }).waitFor()
  await later.page.goto('/settings/profile')
  await later.page.getByLabel('First name').waitFor()
})

test('an account is linked and unlinked, but the last way in stays', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Theo', '/settings/security')
  await page.getByRole('button', { name: 'Unlink a demo account' }).click()
  await page.getByText('This is your last way to sign in').waitFor()
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set a password' }).click()
  await page.getByText('Your password is set.').waitFor()
  await page.getByLabel('Current password').waitFor()
  await page.getByRole('button', { name: 'Unlink a demo account' }).click()
  await page.getByText('You can no longer sign in with a demo account.').waitFor()
  await page.getByRole('button', { name: 'Link a demo account' }).click()
  await page.getByRole('button', { name: 'Theo' }).click()
  await page.waitForURL('**/settings/security')
  await page.getByRole('button', { name: 'Unlink a demo account' }).waitFor()
})

test('an API key is made, seen once, used, put out of use, rotated and deleted', async () => {
  const { email } = await newcomer()
  const visitor = await arrive()
  const { page } = visitor
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/settings/api-keys')
  await signInWithPassword(visitor, email)
  await page.getByText('No keys yet').waitFor()
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill('Nightly')
  await page.getByLabel('read (world:read)').check()
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByText('Copied.').waitFor()
  const key = await page.evaluate(() => navigator.clipboard.readText())
  expect(key).toMatch(/^wl_[0-9A-Za-z]{46}$/)
  await page.getByRole('button', { name: 'I have saved it' }).click()
  const works = async (apiKey: string) => {
    const client = createWorldloomClient({ url: worldloom.url, apiKey })
    return await client.world.list.query().then(
      () => true,
      () => false,
    )
  }
  expect(await works(key)).toBe(true)
  expect(await page.content()).not.toContain(key)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'What to do with Nightly' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Deactivate')
  await page.getByText('inactive').waitFor()
  await expect.poll(() => works(key)).toBe(false)
  await choose('Activate')
  await expect.poll(() => works(key)).toBe(true)
  await choose('Rotate')
  await page.getByLabel('The old key keeps working').selectOption('For an hour')
  await page.getByRole('button', { name: 'Rotate' }).click()
  const rotated = await page.getByLabel('API key').inputValue()
  await page.getByRole('button', { name: 'I have saved it' }).click()
  expect([await works(key), await works(rotated)]).toEqual([true, true])
  await page.getByText('The key before it works until').waitFor()
  await choose('Delete')
  await page.getByRole('button', { name: 'Delete the key' }).click()
  await page.getByText('No keys yet').waitFor()
  expect([await works(key), await works(rotated)]).toEqual([false, false])
})

test.each(devices)(
  'what a key was used for is seen, what it does not need is dropped, and it is limited: %s',
  async (look) => {
    const { email, id: userId } = await newcomer()
    const visitor = await arrive(look)
    const { page } = visitor
    await page.goto('/settings/api-keys')
    await signInWithPassword(visitor, email)
    await page.getByText('No keys yet').waitFor()
    const { db } = database
    const owner = await findUserGrants(db, userId)
    const made = { name: 'Nightly', description: '', roles: ['user'], permissions: [] }
    const { id, key } = await createApiKey(db, operator, owner, made)
    const longAgo = new Date(Date.now() - 40 * 86_400_000)
    await db.updateTable('apiKeys').set({ createdAt: longAgo }).where('id', '=', id).execute()
    const client = createWorldloomClient({ url: worldloom.url, apiKey: key })
    await client.world.list.query()
    await expect
      .poll(() => db.selectFrom('apiKeyPermissionUse').selectAll().where('apiKeyId', '=', id).execute())
      .toHaveLength(1)
    await page.reload()
    const open = async () => {
      await page.getByRole('button', { name: 'What to do with Nightly' }).click()
      await page.getByRole('menuitem', { name: 'Use and limits' }).click()
      await page.getByRole('heading', { name: 'What it was used for' }).waitFor()
    }
    await open()
    await page.getByText('This month: 1 request;').waitFor()
    await page.getByText('not used for 30 days').first().waitFor()
    await visitor.inspect('api-key-use')
    await page.getByRole('button', { name: /^Drop these/ }).click()
    await page.getByRole('button', { name: /^Drop these/ }).waitFor({ state: 'detached' })
    await page.getByLabel('Only from these addresses').fill('nowhere')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Must be an IP address').waitFor()
    await page.getByLabel('Only from these addresses').fill('192.0.2.0/24')
    await page.getByLabel('Requests a month').fill('1000')
    await page.getByLabel('US dollars of the chat a month').fill('2.5')
    // By the keyboard alone.
    await page.keyboard.press('Enter')
    await page.getByText('It holds from the next request on.').waitFor()
    const refusal = () =>
      client.world.list.query().then(
        () => 'none',
        (error: Error) => error.message,
      )
    await expect.poll(refusal).toContain('may not be used from this address')
    await open()
    expect(await page.getByLabel('US dollars of the chat a month').inputValue()).toBe('2.5')
    await page.getByLabel('Only from these addresses').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() =>
        client.world.list.query().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    expect(visitor.complaints).toEqual([])
  },
)

describe('administration', () => {
  test('a role is given and taken, somebody is kept out and let in; each holds at once in their browser', async () => {
    const { email } = await newcomer('viewer')
    const theirs = await arrive()
    await theirs.page.goto('/worlds')
    await signInWithPassword(theirs, email)
    await theirs.page.getByText('Worlds that somebody shares with you').waitFor()
    const admin = await arrive()
    const { page } = admin
    await admin.signIn('Ada', '/admin/users')
    await page.getByLabel('Search by name or address').fill(email)
    const roles = page.getByRole('button', { name: /Roles of Newcomer/ })
    await expect.poll(() => roles.count()).toBe(1)
    await roles.click()
    await page.getByRole('checkbox', { name: 'user' }).click()
    await expect.poll(() => page.getByRole('checkbox', { name: 'user' }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Done' }).click()
    await theirs.page.reload()
    await theirs.page.getByRole('button', { name: 'New world' }).waitFor()
    await page.getByRole('button', { name: /Deactivate Newcomer/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await page.getByText('deactivated', { exact: true }).waitFor()
    await theirs.page.reload()
    await theirs.page.waitForURL('**/sign-in?**')
    await signInWithPassword(theirs, email)
    await theirs.page.getByText('Your account has been deactivated').waitFor()
    await page.getByRole('button', { name: /Activate Newcomer/ }).click()
    await page.getByText('may sign in again').waitFor()
    await signInWithPassword(theirs, email)
    await theirs.page.getByRole('button', { name: 'New world' }).waitFor()
  })

  test('the last administrator is told why they stay one', async () => {
    const admin = await arrive()
    const { page } = admin
    await admin.signIn('Ada', '/admin/users?q=ada')
    await page.getByRole('button', { name: 'Roles of Ada Okafor' }).click()
    await page.getByRole('checkbox', { name: 'admin' }).click()
    await page.getByText('There has to be at least one administrator').waitFor()
    expect(await page.getByRole('checkbox', { name: 'admin' }).isChecked()).toBe(true)
  })

  test('a role is made, permitted, and deleted in the grid', async () => {
    const admin = await arrive()
    const { page } = admin
    await admin.signIn('Ada', '/admin/roles')
    await page.getByRole('button', { name: 'New role' }).click()
    await page.getByLabel('Name').fill('Not A Name')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Must be lower-case letters').waitFor()
    await page.getByLabel('Name').fill('lore-keeper')
    await page.getByRole('button', { name: 'Save' }).click()
    const cell = page.getByRole('checkbox', { name: 'lore-keeper: world:update' })
    await cell.click()
    await expect.poll(() => cell.isChecked()).toBe(true)
    await page.reload()
    await cell.waitFor()
    expect(await cell.isChecked()).toBe(true)
    expect(await page.getByRole('checkbox', { name: 'admin: world:update' }).isDisabled()).toBe(true)
    // What it would have refused is said before it is taken away.
    const user = page.getByRole('checkbox', { name: 'user: entity:create' })
    await user.click()
    await page.getByText(/In the last 30 days/).waitFor()
    await admin.inspect('take-a-permission')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect(await user.isChecked()).toBe(true)
    await cell.click()
    await page.getByText(/nobody did anything that takes it/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Take it away' }).click()
    await expect.poll(() => cell.isChecked()).toBe(false)
    await page.getByRole('button', { name: 'Delete the role lore-keeper' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => cell.count()).toBe(0)
  })

  test('the audit log is filtered, and taken along as a file', async () => {
    const admin = await arrive()
    const { page } = admin
    await admin.signIn('Ada', '/admin/audit')
    await page.getByLabel('Outcome').selectOption('Refused')
    await page.getByText('refused', { exact: true }).first().waitFor()
    await page.waitForURL('**outcome=failure**')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/)
    await page.getByLabel('Action').selectOption('Rotated the signing key')
    await page.getByText('No events match').waitFor()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.getByText('Signed in').nth(2).waitFor()
  })

  test.each(devices)('statistics are plots, and tables of the same: %s', async (look) => {
    const admin = await arrive(look)
    const { page } = admin
    await admin.signIn('Ada', '/admin/statistics')
    const signIns = page.locator('section', { has: page.getByRole('heading', { name: 'Sign-ins', exact: true }) })
    await signIns
      .getByRole('img', { name: /^Sign-ins by day/ })
      .locator('canvas')
      .waitFor()
    await signIns.getByText('As a table').click()
    // At least this one, today.
    const today = signIns.getByRole('row').nth(1)
    expect(Number(await today.getByRole('cell').first().textContent())).toBeGreaterThan(0)
    await page.getByRole('heading', { name: 'Work in the background' }).waitFor()
    await admin.inspect('admin-statistics')
    await page.getByLabel('Over').selectOption('7 days')
    await page.waitForURL('**days=7')
    await expect.poll(async () => await signIns.getByRole('row').count()).toBe(8)
  })

  test.each(devices)('jobs that fail are seen, tried again and given up: %s', async (look) => {
    const admin = await arrive(look)
    const { page } = admin
    await admin.signIn('Ada', '/admin/jobs')
    for (const failure of ['The lamp is out', 'Nobody there']) {
      await database.pool.query(
        `insert into pgboss.job (name, state, data, output, retry_limit, retry_count, started_on, completed_on)
        values ('mail', 'failed', '{}', jsonb_build_object('message', $1::text), 12, 12, now(), now())`,
        [failure],
      )
    }
    const kinds = page.locator('section', {
      has: page.getByRole('heading', { name: 'What is done in the background' }),
    })
    await kinds.getByText('2 failed').waitFor({ timeout: 20_000 })
    await page.getByLabel('State').selectOption('Failed')
    await page.waitForURL('**state=failed')
    const lamp = page.getByRole('listitem').filter({ hasText: 'The lamp is out' })
    await lamp.waitFor({ timeout: 20_000 })
    await page.getByText('Every webhook is delivered.').waitFor()
    await admin.inspect('admin-jobs')
    await lamp.getByRole('button', { name: 'Give up' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click()
    await expect.poll(() => lamp.count(), { timeout: 20_000 }).toBe(0)
    await page.getByRole('button', { name: /^Try now/ }).click()
    await page.getByText('No jobs match').waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.getByText('To be tried again').or(page.getByText('Waiting')).first().waitFor()
    await database.pool.query(`delete from pgboss.job where name = 'mail'`)
  })

  test('what one may not do is not offered, and asking for it anyway says why', async () => {
    const visitor = await arrive()
    const { page } = visitor
    await visitor.signIn('Mira')
    await page.getByRole('button', { name: 'Menu of' }).click()
    await page.getByRole('menuitem', { name: 'Settings' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0)
    for (const [path, permission] of [
      ['/admin/users', 'user:read'],
      ['/admin/roles', 'role:read'],
      ['/admin/audit', 'audit:read'],
      ['/admin/statistics', 'audit:read'],
      ['/admin/jobs', 'job:read'],
    ] as const) {
      await page.goto(path)
      await page.getByRole('heading', { name: 'You don’t have access to this page' }).waitFor()
      await page.getByText(permission).first().waitFor()
    }
    await page.getByText('Why?').click()
    await page.getByText('These roles have it: admin.').waitFor()
    await page.getByText('Your roles: user.').waitFor()
    await visitor.inspect('why-not')
  })

  test('an administrator asks what somebody may do', async () => {
    const admin = await arrive()
    const { page } = admin
    await admin.signIn('Ada', '/admin/users?q=Mira')
    await page.getByRole('button', { name: /^Roles of Mira/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Procedure').fill('audit.list')
    await page.keyboard.press('Enter')
    await dialog.getByText('You need the permission audit:read').waitFor()
    await dialog.getByText('These roles have it: admin.').waitFor()
    await admin.inspect('may-they')
    await dialog.getByLabel('Procedure').fill('world.list')
    await page.keyboard.press('Enter')
    await dialog.getByText('Yes, they may.').waitFor()
    await dialog.getByLabel('Procedure').fill('nothing')
    await page.keyboard.press('Enter')
    await dialog.getByText('No such procedure').waitFor()
  })
})

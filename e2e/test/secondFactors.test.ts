import { createDatabase } from '@worldloom/db'
import { afterAll, expect, test } from 'vitest'
import { devices, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

/** A device that has passkeys, whose owner touches it whenever it asks. */
async function withAuthenticator({ context, page }: Visitor): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}

async function signOut({ page }: Visitor): Promise<void> {
  await page.getByRole('banner').locator('[aria-haspopup=menu]').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
}

const isIn = ({ page }: Visitor) => page.getByRole('banner').locator('[aria-haspopup=menu]').waitFor()

/** Takes all second factors away and signs everybody out, for who comes next. */
async function forget(): Promise<void> {
  for (const table of ['sessions', 'passkeys', 'totpSecrets', 'recoveryCodes'] as const)
    await db.deleteFrom(table).execute()
}

/** Lets everybody have signed in an hour ago, until the server knows. */
async function age({ page }: Visitor): Promise<void> {
  const before = new Date(Date.now() - 3_600_000)
  await db.updateTable('sessions').set({ createdAt: before, confirmedAt: before }).execute()
  const asked = `/trpc/me.may?input=${encodeURIComponent('{"procedure":"apiKey.create"}')}`
  await expect.poll(async () => (await page.request.get(asked)).text()).toContain('signInAgain')
}

test.each(devices)('a passkey is added, signs in alone and as a second factor, and is removed: %s', async (look) => {
  const visitor = await arrive(look)
  const { page } = visitor
  await withAuthenticator(visitor)
  await visitor.signIn('Mira', '/settings/security')
  await page.getByRole('heading', { name: 'Second factors' }).waitFor()
  await visitor.inspect('second-factors-none')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('dialog', { name: 'Recovery codes' }).waitFor()
  expect(await page.getByRole('dialog').getByRole('listitem').count()).toBe(10)
  await visitor.inspect('recovery-codes')
  const code = (await page.getByRole('dialog').getByRole('listitem').first().textContent()) ?? ''
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByText('10 codes are left.').waitFor()
  await page.getByText('never used').waitFor()
  await visitor.inspect('second-factors')
  await signOut(visitor)

  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await isIn(visitor)
  await signOut(visitor)
  await visitor.inspect('sign-in-with-passkey')

  // After another way it is asked for.
  await page.goto('/sign-in?redirect=/settings/security')
  await page.getByRole('link', { name: 'Continue with a demo account' }).click()
  await page.getByRole('button', { name: 'Mira' }).click()
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await visitor.inspect('second-factor')
  await page.getByLabel('Recovery code').fill('aaaa-bbbb-cccc-dddd')
  await page.keyboard.press('Enter')
  await page.getByText('Is wrong, or was used already').waitFor()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await isIn(visitor)
  expect(new URL(page.url()).pathname).toBe('/settings/security')
  await page.getByText('last used').first().waitFor()
  await signOut(visitor)

  await page.getByRole('link', { name: 'Continue with a demo account' }).click()
  await page.getByRole('button', { name: 'Mira' }).click()
  await page.getByLabel('Recovery code').fill(code)
  await page.keyboard.press('Enter')
  await isIn(visitor)
  await page.goto('/settings/security')
  await page.getByText('9 codes are left.').waitFor()

  // One that has signed more often elsewhere was copied.
  await db.updateTable('passkeys').set({ counter: '1000' }).execute()
  await signOut(visitor)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('Is not one that can be used here').waitFor()
  await db.updateTable('passkeys').set({ counter: '1' }).execute()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await isIn(visitor)
  await page.goto('/settings/security')
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Chrome' })
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).waitFor({ state: 'detached' })
  await page.getByText('codes are left').waitFor({ state: 'detached' })
  await forget()
})

test('a device that has no passkey to show: people are told so in words for them', async () => {
  const { page } = await arrive('desktop')
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('No passkey was used. Try again, or choose another way.').waitFor()
})

test('a passkey that was made on another site is refused', async () => {
  const visitor = await arrive('desktop')
  const { page } = visitor
  await withAuthenticator(visitor)
  await visitor.signIn('Theo', '/settings/security')
  await page.route('**/trpc/secondFactor.addPasskey*', async (route) => {
    const text = route.request().postData() ?? ''
    const sent = text.replace(/"clientDataJSON":"([^"]+)"/, (_, encoded: string) => {
      const data = JSON.parse(Buffer.from(encoded, 'base64url').toString())
      const elsewhere = JSON.stringify({ ...data, origin: 'https://worldloom.example' })
      return `"clientDataJSON":"${Buffer.from(elsewhere).toString('base64url')}"`
    })
    expect(sent).not.toBe(text)
    await route.continue({ postData: sent })
  })
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Is not one that can be used here').waitFor()
  expect(await db.selectFrom('passkeys').selectAll().execute()).toEqual([])
})

test.each(devices)(
  'an authenticator app is set up, and what is dangerous takes confirming that it is still her: %s',
  async (look) => {
    const { generateHOTP } = await import('@oslojs/otp')
    const { decodeBase32 } = await import('@oslojs/encoding')
    const codeOf = (secret: string, steps = 0) =>
      generateHOTP(decodeBase32(secret), BigInt(Math.floor(Date.now() / 30_000) + steps), 6)
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira', '/settings/security')
    await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
    await page.getByRole('img', { name: 'QR code' }).waitFor()
    await visitor.inspect('authenticator-app')
    const secret = await page.getByRole('textbox', { name: 'Or type this' }).inputValue()
    await page.getByLabel('Code that it shows').fill('123456')
    await page.keyboard.press('Enter')
    await page.getByText('Is wrong, or was used already').waitFor()
    await page.getByLabel('Code that it shows').fill(codeOf(secret, -1))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Recovery codes' }).waitFor()
    await page.getByRole('button', { name: 'I have saved it' }).click()
    await page.getByText(/^Set up /).waitFor()

    // An hour later.
    await age(visitor)
    await page.getByRole('button', { name: 'Make new codes' }).click()
    await page
      .getByRole('alertdialog')
      .or(page.getByRole('dialog'))
      .getByRole('button', { name: 'Make new codes' })
      .click()
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await visitor.inspect('confirm-it-is-you')
    await page.getByLabel('Code of your authenticator app').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    // What was asked for is done.
    await page.getByRole('dialog', { name: 'Recovery codes' }).waitFor()
    await page.getByRole('button', { name: 'I have saved it' }).click()

    // Who does not confirm changes nothing.
    await age(visitor)
    await page.getByRole('button', { name: 'Remove the app' }).click()
    await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Sign in again').first().waitFor()
    expect(await db.selectFrom('totpSecrets').selectAll().execute()).toHaveLength(1)
    await forget()
  },
)

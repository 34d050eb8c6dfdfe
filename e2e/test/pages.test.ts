import { describe, expect, test } from 'vitest'
import { looks, Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, browser, arrive } = await openWorldloom()

describe.each(looks)('every page, %s: axe finds nothing, nothing scrolls sideways', (look) => {
  test('for who is not signed in', async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue' }).waitFor()
    await visitor.inspect('sign-in')
    await page.goto('/login-failed?error=access_denied')
    await page.getByText('You are not signed in').waitFor()
    await visitor.inspect('login-failed')
    for (const [path, text, name] of [
      ['/login-failed?error=link_first', 'You are not signed in', 'link-first'],
      ['/login-failed?error=already_linked', 'The account was not linked', 'link-failed'],
      ['/sign-up', 'Make the account', 'sign-up'],
      ['/forgot-password', 'Mail me a link', 'forgot-password'],
      ['/reset-password?token=x', 'Set the password', 'reset-password'],
      ['/verify-email?token=x', 'One press', 'verify-email'],
    ] as const) {
      await page.goto(path)
      await page.getByText(text).first().waitFor()
      await visitor.inspect(name)
    }
    await page.goto('/sign-up')
    await page.getByLabel('Password').fill('short')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await page.getByText('At least 12 characters').waitFor()
    await visitor.inspect('sign-up-faults')
    await page.goto('/nowhere/at/all')
    await page.getByText('Not on the map').waitFor()
    await visitor.inspect('not-found')
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Mira' }).waitFor()
    await visitor.inspect('local-identity')
  })

  test('for who is', { timeout: 180_000 }, async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira')
    await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
    await visitor.inspect('worlds')
    await page.getByRole('button', { name: 'Menu of' }).click()
    await page.getByRole('menu').waitFor()
    await visitor.inspect('menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'New world' }).click()
    await page.getByRole('dialog').waitFor()
    await page.getByRole('button', { name: 'Create world' }).click()
    await page.getByText('Give it a name').waitFor()
    await visitor.inspect('new-world')
    await page.keyboard.press('Escape')
    await page.goto('/worlds?trash=true')
    await page.getByText('The trash is empty').waitFor()
    await visitor.inspect('trash')
    await page.goto('/worlds?q=zzz')
    await page.getByText('Nothing by that name').waitFor()
    await visitor.inspect('no-results')
    await page.goto('/worlds?q=iron')
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByRole('heading', { name: 'What everyone knows' }).waitFor()
    await visitor.inspect('world')
    const world = page.url()
    for (const [plural, name] of [
      ['stories', 'The Night the Ninth Went Dark'],
      ['books', 'Salt Debts'],
      ['acts', 'Low Water'],
      ['scenes', 'The bell rings early'],
      ['personas', 'Bastian Oar'],
      ['locations', 'Harrowgate'],
      ['things', 'The Low Bell'],
    ] as const) {
      await page.goto(`${world}/${plural}`)
      await page.getByRole('link', { name }).waitFor()
      await visitor.inspect(`world-${plural}`)
      await page.getByRole('link', { name }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await page.waitForLoadState('networkidle')
      await visitor.inspect(`world-${plural}-one`)
    }
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('combobox', { name: 'Belongs to' }).click()
    await page.getByRole('option', { name: 'Wren Halloran' }).waitFor()
    await visitor.inspect('edit-thing')
    await page.keyboard.press('Escape')
    await page.goto(`${world}/scenes?q=zzz`)
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('combobox', { name: 'Persona' }).waitFor()
    await visitor.inspect('world-scenes-filtered')
    await page.goto(`${world}/images`)
    await page.getByText('No images yet').waitFor()
    await visitor.inspect('world-images')
    await page.goto(`${world}/members`)
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('dialog').waitFor()
    await visitor.inspect('world-members')
    await page.goto(`${world}/trash`)
    await page.getByText('The trash is empty').waitFor()
    await visitor.inspect('world-trash-empty')
    await page.goto(`${world}/things/01a00000-0000-7000-8000-000000000000`)
    await page.getByText('No such thing').waitFor()
    await visitor.inspect('no-such-thing')
    await page.goto('/join?token=nonsense')
    await page.getByText('This invitation does not work').waitFor()
    await visitor.inspect('join-refused')
    await page.goto('/movies')
    await page.getByText('The Godfather').waitFor()
    await visitor.inspect('movies')
    await page.goto('/worlds/01a00000-0000-7000-8000-000000000000')
    await page.getByText('No such world').waitFor()
    await visitor.inspect('no-such-world')
    await page.goto('/admin/users')
    await page.getByText('This page is not open to you').waitFor()
    await visitor.inspect('forbidden')
  })

  test('their settings', async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira', '/settings/profile')
    await page.getByLabel('First name').waitFor()
    await visitor.inspect('settings-profile')
    await page.goto('/complete-profile')
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    await visitor.inspect('complete-profile')
    await page.goto('/settings/security')
    await page.getByText('this one').first().waitFor()
    await visitor.inspect('settings-security')
    await page.goto('/settings/api-keys')
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name').fill(`Export ${look}`)
    await page.getByLabel('read (world:read)').check()
    await visitor.inspect('new-api-key')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('Keep it now').waitFor()
    await visitor.inspect('api-key-shown')
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('never used').first().waitFor()
    await visitor.inspect('settings-api-keys')
    await page.getByRole('button', { name: `What to do with Export ${look}` }).click()
    await page.getByRole('menuitem', { name: 'Rotate' }).click()
    await page.getByRole('dialog').waitFor()
    await visitor.inspect('rotate-api-key')
  })

  test('administration', async () => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Ada', '/admin/users')
    await page.getByRole('button', { name: 'Roles of Theo Lindqvist' }).waitFor()
    await visitor.inspect('admin-users')
    await page.getByRole('button', { name: 'Roles of Theo Lindqvist' }).click()
    await page.getByRole('dialog').waitFor()
    await visitor.inspect('admin-user-roles')
    await page.goto('/admin/users?q=nobody')
    await page.getByText('Nobody like that').waitFor()
    await visitor.inspect('admin-nobody')
    await page.goto('/admin/roles')
    await page.getByText('world:create', { exact: true }).waitFor()
    await visitor.inspect('admin-roles')
    await page.getByRole('button', { name: 'New role' }).click()
    await page.getByRole('dialog').waitFor()
    await visitor.inspect('admin-new-role')
    await page.goto('/admin/audit')
    await page.getByText('Signed in').nth(1).waitFor()
    await visitor.inspect('admin-audit')
  })
})

test('a theme that was chosen holds, also before the app is there', async () => {
  const visitor = await Visitor.arrive(browser, worldloom.url)
  const { page } = visitor
  await visitor.signIn('Mira')
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await background()
  await page.getByRole('button', { name: 'Menu of' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  expect(await background()).not.toBe(light)
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.reload()
  expect(await background()).not.toBe(light)
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await visitor.context.close()
})

test('a server that can not be reached ends in a page that says so, and the way on works', async () => {
  const visitor = await Visitor.arrive(browser, worldloom.url)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.route('**/trpc/**', (route) => route.abort())
  await page.reload()
  await page.getByText('This page could not be shown').waitFor({ timeout: 30_000 })
  await page.getByText('Worldloom can not be reached').waitFor()
  await visitor.inspect('unreachable')
  await page.unroute('**/trpc/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
  await visitor.context.close()
})

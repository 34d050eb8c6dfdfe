import { beforeAll, describe, expect, test } from 'vitest'
import { type Device, devices, looks, partsOf, type Scheme, Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, browser } = await openWorldloom()

type Inspect = (name: string) => Promise<void>

async function visitSignedOut(visitor: Visitor, inspect: Inspect): Promise<void> {
  const { page } = visitor
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Continue' }).waitFor()
  await inspect('sign-in')
  await page.goto('/login-failed?error=access_denied')
  await page.getByText('You are not signed in').waitFor()
  await inspect('login-failed')
  for (const [path, text, name] of [
    ['/login-failed?error=link_first', 'You are not signed in', 'link-first'],
    ['/login-failed?error=already_linked', 'The account was not linked', 'link-failed'],
    ['/sign-up', 'Create account', 'sign-up'],
    ['/forgot-password', 'Mail me a link', 'forgot-password'],
    ['/reset-password?token=x', 'Set the password', 'reset-password'],
    ['/verify-email?token=x', 'Confirm that this address', 'verify-email'],
  ] as const) {
    await page.goto(path)
    await page.getByText(text).first().waitFor()
    await inspect(name)
  }
  await page.goto('/sign-up')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('At least 12 characters').waitFor()
  await inspect('sign-up-faults')
  await page.goto('/nowhere/at/all')
  await page.getByText('Not on the map').waitFor()
  await inspect('not-found')
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Mira' }).waitFor()
  await inspect('local-identity')
}

async function visitWorlds(visitor: Visitor, inspect: Inspect): Promise<void> {
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
  await inspect('worlds')
  await page.getByRole('button', { name: 'Menu of' }).click()
  await page.getByRole('menu').waitFor()
  await inspect('menu')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'New world' }).click()
  await page.getByRole('dialog').waitFor()
  await page.getByRole('button', { name: 'Create world' }).click()
  await page.getByText('Give it a name').waitFor()
  await inspect('new-world')
  await page.keyboard.press('Escape')
  await page.goto('/worlds?trash=true')
  await page.getByText('The trash is empty').waitFor()
  await inspect('trash')
  await page.goto('/worlds?q=zzz')
  await page.getByText('Nothing found').waitFor()
  await inspect('no-results')
  await page.goto('/worlds?q=iron')
  await page.getByRole('link', { name: 'The Iron Coast' }).click()
  await page.getByRole('heading', { name: 'What everyone knows' }).waitFor()
  await inspect('world')
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
    const link = page.getByRole('link', { name, exact: true })
    await link.waitFor()
    await inspect(`world-${plural}`)
    await link.click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.waitForLoadState('networkidle')
    await inspect(`world-${plural}-one`)
  }
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByRole('combobox', { name: 'Belongs to' }).click()
  await page.getByRole('option').first().waitFor()
  await inspect('edit-thing')
  await page.keyboard.press('Escape')
  await page.goto(`${world}/scenes?q=zzz`)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByLabel('Field').selectOption('Cast')
  await page.getByRole('combobox', { name: 'Add to Cast' }).waitFor()
  await inspect('world-scenes-filtered')
  await page.goto(`${world}/images`)
  await page.getByRole('link', { name: 'Map of the Iron Coast' }).waitFor()
  await inspect('world-images')
  await page.goto(`${world}/search?q=Halorran`)
  await page.getByText('Nothing has “Halorran”').waitFor()
  await inspect('world-search')
  await page.goto(`${world}/timeline?view=list`)
  await page.getByText('10 Thawmoon 384 AR').waitFor()
  await inspect('world-timeline')
  await page.goto(`${world}/graph?view=list`)
  await page.getByText('has in its cast').first().waitFor()
  await inspect('world-graph')
  await page.goto(`${world}/family`)
  await page.getByRole('link', { name: 'Isolde Halloran' }).waitFor()
  await inspect('world-family')
  await page.goto(`${world}/stories`)
  await page.getByRole('link', { name: 'The Night the Ninth Went Dark' }).click()
  await page.getByRole('link', { name: 'Who is in which scene' }).click()
  await page.getByRole('row', { name: /^Nell Tarrow .* 2$/ }).waitFor()
  await inspect('story-cast')
  await page.goto(`${world}/continuity`)
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await page.getByRole('dialog').waitFor()
  await inspect('world-continuity')
  await page.goto(`${world}/settings`)
  await page.getByRole('button', { name: 'Change calendar' }).click()
  await page.getByRole('button', { name: 'See what it changes' }).click()
  await page.getByText('dates changes').waitFor()
  await inspect('world-calendar')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'mother of' }).click()
  await page.getByRole('dialog').waitFor()
  await inspect('world-link-kind')
  await page.goto(`${world}/members`)
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('dialog').waitFor()
  await inspect('world-members')
  await page.goto(`${world}/trash`)
  await page.getByText('The trash is empty').waitFor()
  await inspect('world-trash-empty')
  await page.goto(`${world}/things/01a00000-0000-7000-8000-000000000000`)
  await page.getByText('No such thing').waitFor()
  await inspect('no-such-thing')
  await page.goto('/join?token=nonsense')
  await page.getByText('This invitation does not work').waitFor()
  await inspect('join-refused')
  await page.goto('/movies')
  await page.getByText('The Godfather').waitFor()
  await inspect('movies')
  await page.goto('/worlds/01a00000-0000-7000-8000-000000000000')
  await page.getByText('No such world').waitFor()
  await inspect('no-such-world')
  await page.goto('/admin/users')
  await page.getByText('You don’t have access to this page').waitFor()
  await inspect('forbidden')
}

async function visitSettings(visitor: Visitor, inspect: Inspect): Promise<void> {
  const keyName = `Export ${visitor.device}`
  const { page } = visitor
  await visitor.signIn('Mira', '/settings/profile')
  await page.getByLabel('First name').waitFor()
  await inspect('settings-profile')
  await page.goto('/complete-profile')
  await page.getByRole('button', { name: 'Go on' }).waitFor()
  await inspect('complete-profile')
  await page.goto('/settings/security')
  await page.getByText('this one').first().waitFor()
  await inspect('settings-security')
  await page.goto('/settings/api-keys')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill(keyName)
  await page.getByLabel('read (world:read)').check()
  await inspect('new-api-key')
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByText('Save it now').waitFor()
  await inspect('api-key-shown')
  await page.getByRole('button', { name: 'I have saved it' }).click()
  await page.getByText('never used').first().waitFor()
  await inspect('settings-api-keys')
  await page.getByRole('button', { name: `What to do with ${keyName}` }).click()
  await page.getByRole('menuitem', { name: 'Rotate' }).click()
  await page.getByRole('dialog').waitFor()
  await inspect('rotate-api-key')
}

async function visitAdministration(visitor: Visitor, inspect: Inspect): Promise<void> {
  const { page } = visitor
  await visitor.signIn('Ada', '/admin/users')
  await page.getByRole('button', { name: 'Roles of Theo Lindqvist' }).waitFor()
  await inspect('admin-users')
  await page.getByRole('button', { name: 'Roles of Theo Lindqvist' }).click()
  await page.getByRole('dialog').waitFor()
  await inspect('admin-user-roles')
  await page.goto('/admin/users?q=nobody')
  await page.getByText('Nobody found').waitFor()
  await inspect('admin-nobody')
  await page.goto('/admin/roles')
  await page.getByText('world:create', { exact: true }).waitFor()
  await inspect('admin-roles')
  await page.getByRole('button', { name: 'New role' }).click()
  await page.getByRole('dialog').waitFor()
  await inspect('admin-new-role')
  await page.goto('/admin/audit')
  await page.getByText('Signed in').nth(1).waitFor()
  await inspect('admin-audit')
}

const visits = {
  'for who is not signed in': visitSignedOut,
  'for who is': visitWorlds,
  'their settings': visitSettings,
  administration: visitAdministration,
}

type Found = Record<Scheme, string[]> & { seen: number }

/**
 * Each page is opened once per device and checked there in both colour schemes, as opening it takes longer than
 * checking.
 */
async function findFaults(device: Device, visit: (typeof visits)[keyof typeof visits]): Promise<Found> {
  const found: Found = { light: [], dark: [], seen: 0 }
  const visitor = await Visitor.arrive(browser, worldloom.url, `${device}-light`)
  await visitor.page.emulateMedia({ reducedMotion: 'reduce' })
  await visit(visitor, async (name) => {
    const { light, dark } = await visitor.faultsByScheme(name)
    found.light.push(...light)
    found.dark.push(...dark)
    found.seen++
  })
  await visitor.leave()
  return found
}

describe.each(Object.entries(visits))('every page, %s', (_, visit) => {
  const found = new Map<Device, Found>()
  beforeAll(async () => {
    const visited = devices.map(async (device) => [device, await findFaults(device, visit)] as const)
    for (const [device, faults] of await Promise.all(visited)) found.set(device, faults)
    // All pages of all visitors: on a busy machine that takes minutes.
  }, 600_000)

  test.each(looks)('%s: axe finds nothing, nothing scrolls sideways', (look) => {
    const [device, scheme] = partsOf(look)
    expect(found.get(device)?.seen).toBeGreaterThan(0)
    expect(found.get(device)?.[scheme]).toEqual([])
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

test('a server that cannot be reached ends in a page that says so, and the way on works', async () => {
  const visitor = await Visitor.arrive(browser, worldloom.url)
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.route('**/trpc/**', (route) => route.abort())
  // This page's data is not in the HTML: apps/web/src/firstPaint.ts.
  await page.goto('/settings/profile')
  await page.getByText('This page could not be shown').waitFor({ timeout: 30_000 })
  await page.getByText('Worldloom cannot be reached').waitFor()
  await visitor.inspect('unreachable')
  await page.unroute('**/trpc/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByLabel('First name').waitFor()
  await visitor.context.close()
})

import { createDatabase } from '@worldloom/db'
import { describe, expect, test } from 'vitest'
import { beginEditing, cutOff, editField, finishEditing } from '../src/editing.ts'
import type { Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()

describe('an author', () => {
  test('signs in, makes a world, writes about it, and signs out: in under a minute', async () => {
    const { page, signIn } = bound(await arrive())
    const began = Date.now()
    await signIn('Mira')
    await page.getByRole('button', { name: 'New world' }).click()
    const dialog = page.getByRole('dialog', { name: 'A new world' })
    await dialog.getByLabel('Name', { exact: true }).fill('The Glass Desert')
    await dialog.getByLabel('Description').fill('Sand that remembers.')
    await dialog.getByRole('button', { name: 'Create world' }).click()
    await page.getByRole('heading', { level: 1, name: 'The Glass Desert' }).waitFor()
    expect(Date.now() - began).toBeLessThan(60_000)

    await editField(
      page,
      'Body',
      '## Tides\n\nThe **dunes** move.\n\n<script>document.title = "taken"</script>\n\n<img src=x onerror="alert(1)">',
    )
    await page.getByRole('heading', { level: 2, name: 'Tides' }).waitFor()
    expect(await page.locator('.prose strong').textContent()).toBe('dunes')
    expect(await page.title()).toBe('The Glass Desert · Worldloom')
    expect(await page.locator('.prose script, .prose [onerror]').count()).toBe(0)

    await page.getByRole('link', { name: 'Your worlds', exact: true }).click()
    await page.getByRole('link', { name: 'The Glass Desert' }).waitFor()
    await page.getByRole('button', { name: 'Menu of Mira Castellan' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()
    await page.goto('/worlds')
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  })

  test('is told at the field what is wrong with a name, and loses nothing', async () => {
    const { page, signIn } = bound(await arrive())
    await signIn('Mira')
    await page.getByRole('button', { name: 'New world' }).click()
    const dialog = page.getByRole('dialog')
    const name = dialog.getByLabel('Name', { exact: true })
    await dialog.getByLabel('Description').fill('Long thought about.')
    await dialog.getByRole('button', { name: 'Create world' }).click()
    await dialog.getByText('Give it a name').waitFor()
    expect(await name.evaluate((element) => element === document.activeElement)).toBe(true)
    await name.fill('the IRON coast')
    await dialog.getByRole('button', { name: 'Create world' }).click()
    await dialog.getByText('That name is already used by another world. Choose a different one.').waitFor()
    await name.fill('x'.repeat(256))
    await dialog.getByRole('button', { name: 'Create world' }).click()
    await dialog.getByText('At most 255 characters').waitFor()
    expect(await dialog.getByLabel('Description').inputValue()).toBe('Long thought about.')
    await name.fill('عالم 🌍')
    await dialog.getByRole('button', { name: 'Create world' }).click()
    await page.getByRole('heading', { level: 1, name: 'عالم 🌍' }).waitFor()
  })

  test('in two tabs chooses what to keep of a conflict', async () => {
    const visitor = await arrive()
    const { page, signIn } = bound(visitor)
    await signIn('Mira')
    await make(page, 'Contested')
    const other = await visitor.openTab(page.url())
    const writing = await beginEditing(other)
    const connect = await cutOff(other)
    await writing.getByLabel('Description').fill('from the second tab')
    await editField(page, 'Description', 'from the first tab')
    await editField(page, 'Display name', 'First Name')
    await page.getByRole('heading', { level: 1, name: 'First Name' }).waitFor()
    // It is tried again by itself.
    await connect()
    const choice = other.getByRole('dialog', { name: 'Somebody else changed this too' })
    await choice.getByText('from the first tab').waitFor()
    await choice.getByText('from the second tab').waitFor()
    await visitor.inspect('conflict', other)
    // The name was changed by one of them only, so there is nothing to choose.
    expect(await choice.getByRole('group').count()).toBe(1)
    await choice.getByRole('button', { name: 'Save this version' }).click()
    await finishEditing(other)
    await other.getByRole('heading', { level: 1, name: 'First Name' }).waitFor()
    await other.getByText('from the second tab').waitFor()
  })

  test('deletes a world and takes it back, by Undo and from the trash', async () => {
    const { page, signIn } = bound(await arrive())
    await signIn('Mira')
    await make(page, 'Atlantis')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('“Atlantis” is in the trash.').waitFor()
    await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Atlantis' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByRole('link', { name: 'Atlantis' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('“Atlantis” is in the trash.').waitFor()
    await page.getByRole('link', { name: 'Trash' }).click()
    await page.getByRole('article').filter({ hasText: 'Atlantis' }).getByRole('button', { name: 'Restore' }).click()
    await page.getByText('The trash is empty').waitFor()
    await page.getByRole('link', { name: 'Back to your worlds' }).click()
    await page.getByRole('link', { name: 'Atlantis' }).waitFor()
  })

  test('finds a world by name among many, and scrolls to the last', async () => {
    const { db, close } = createDatabase(worldloom.database.url)
    const { id } = await db.selectFrom('users').select('id').where('email', 'like', 'ada@%').executeTakeFirstOrThrow()
    const names = Array.from({ length: 60 }, (_, index) => `Realm ${String(index).padStart(2, '0')}`)
    const worlds = await db
      .insertInto('worlds')
      .values(names.map((name) => ({ ownerId: id, name, displayName: name })))
      .returning('id')
      .execute()
    await db
      .insertInto('worldMembers')
      .values(worlds.map((world) => ({ worldId: world.id, userId: id, role: 'owner' as const })))
      .execute()
    await close()

    const { page, signIn } = bound(await arrive())
    await signIn('Ada')
    await page.getByLabel('Order').selectOption('By name')
    await page.getByRole('link', { name: 'Realm 00' }).waitFor()
    // With the demo world, which is shared with her.
    expect(await page.getByRole('article').count()).toBeLessThan(61)
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 4000)
        return await page.getByRole('article').count()
      })
      .toBe(61)
    await page.getByLabel('Search by name').fill('realm 4')
    await expect.poll(() => page.getByRole('article').count()).toBe(10)
    expect(new URL(page.url()).searchParams.get('q')).toBe('realm 4')
    await page.reload()
    await expect.poll(() => page.getByRole('article').count()).toBe(10)
    await page.getByLabel('Search by name').fill('nothing like it')
    await page.getByText('Nothing found').waitFor()
  })

  test('does it all with the keyboard', async () => {
    const { page } = await arrive()
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focusOn = async (name: string) => {
      for (let step = 0; step < 30; step++) {
        const focused = await page.evaluate(() => {
          const element = document.activeElement?.matches('a, button') ? document.activeElement : null
          return element?.getAttribute('aria-label') || element?.textContent?.trim() || ''
        })
        if (focused.includes(name)) return
        await press('Tab')
      }
      throw new Error(`Tab never came to ${name}`)
    }
    await page.goto('/worlds')
    await page.getByRole('link', { name: 'Continue' }).waitFor()
    await focusOn('Continue with a demo account')
    await press('Enter')
    await page.getByRole('button', { name: 'Mira' }).waitFor()
    await focusOn('Mira')
    await press('Enter')
    await page.getByRole('heading', { name: 'Your worlds' }).waitFor()
    await page.getByRole('button', { name: 'New world' }).waitFor()
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
    await focusOn('New world')
    await press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name')
    // Another one when it is tried again.
    const typed = `Typed ${Date.now()}`
    await page.keyboard.type(typed)
    await press('Enter')
    await page.getByRole('heading', { level: 1, name: typed }).waitFor()
    await page.locator('main').locator('a, button').filter({ hasText: 'Edit' }).first().waitFor()
    // The focus is at the content, past the header and the sidebar.
    await focusOn('Edit')
    await press('Enter')
    const title = () => page.evaluate(() => document.activeElement?.getAttribute('name'))
    await expect.poll(title).toBe('name')
    await page.keyboard.type(' by hand')
    await press('Escape')
    await page.getByRole('heading', { level: 1, name: `${typed} by hand` }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Edit')
    await focusOn('Delete')
    await press('Enter')
    await page.getByRole('button', { name: 'Undo' }).last().waitFor()
    await press('F6')
    // There is one for each change; each says of which.
    const about = async () => {
      const id = await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'))
      return await page.locator(`[id="${id}"]`).textContent()
    }
    await focusOn('Undo')
    while ((await about()) !== `“${typed} by hand” is in the trash.`) {
      await press('Tab')
      await focusOn('Undo')
    }
    await press('Enter')
    await page.getByRole('link', { name: `${typed} by hand` }).waitFor()
  })
})

describe('guards', () => {
  test('bring one back to where one was going, after signing in', async () => {
    const { page } = await arrive()
    await page.goto('/worlds?q=iron&sort=name')
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Mira' }).click()
    await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
    expect(new URL(page.url()).search).toBe('?q=iron&sort=name')
    expect(await page.getByLabel('Search by name').inputValue()).toBe('iron')
  })

  test('a viewer is offered nothing a viewer may not do', async () => {
    const { page, signIn } = bound(await arrive())
    await signIn('Theo')
    await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
    expect(await page.getByRole('button', { name: 'New world' }).count()).toBe(0)
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByText('you are a viewer').waitFor()
    expect(await page.getByRole('button', { name: /Edit|Delete/ }).count()).toBe(0)
  })

  test("somebody else's world is one that does not exist", async () => {
    const author = bound(await arrive())
    await author.signIn('Ada')
    await make(author.page, 'Secret')
    const address = author.page.url()
    const stranger = bound(await arrive())
    await stranger.signIn('Theo')
    for (const target of [address, '/worlds/01a00000-0000-7000-8000-000000000000', '/worlds/not-an-id']) {
      await stranger.page.goto(target)
      await stranger.page.getByRole('heading', { name: 'No such world' }).waitFor()
    }
  })

  test('signed out in another tab: what was typed is kept, and can be saved after signing in again', async () => {
    const visitor = await arrive()
    const { page, signIn } = bound(visitor)
    await signIn('Mira')
    await make(page, 'Interrupted')
    const writing = await beginEditing(page)
    const connect = await cutOff(page)
    await writing.getByLabel('Description').fill('half a thought')
    const other = await visitor.openTab('/worlds')
    await other.getByRole('button', { name: 'Menu of Mira' }).click()
    await other.getByRole('menuitem', { name: 'Sign out' }).click()
    await other.getByRole('heading', { name: 'Welcome' }).waitFor()
    await connect()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('You have been signed out. What you wrote is kept').waitFor()
    await other.getByRole('link', { name: 'Continue' }).click()
    await other.getByRole('button', { name: 'Mira' }).click()
    await other.getByRole('heading', { name: 'Your worlds' }).waitFor()
    await finishEditing(page)
    await page.getByText('half a thought').first().waitFor()
  })

  test('a draft survives a reload, and what others changed meanwhile is not overwritten by it', async () => {
    const visitor = await arrive()
    const { page, signIn } = bound(visitor)
    await signIn('Mira')
    await make(page, 'Reloaded')
    const connect = await cutOff(page)
    const writing = await beginEditing(page)
    await writing.getByLabel('Description').fill('typed before the reload')
    const other = await visitor.openTab(page.url())
    await editField(other, 'Description', 'saved meanwhile')
    await other.getByText('saved meanwhile').waitFor()
    await page.reload()
    await page.getByText('You wrote something here that is not saved yet').waitFor()
    await connect()
    await page.getByRole('button', { name: 'Go on with it' }).click()
    const choice = page.getByRole('dialog', { name: 'Somebody else changed this too' })
    await choice.getByText('saved meanwhile').waitFor()
    await choice.getByText('typed before the reload').waitFor()
  })

  test('a cancelled sign-in is explained, with a way on', async () => {
    const { page } = await arrive()
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('You cancelled the sign-in').waitFor()
    await page.getByRole('link', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  })
})

function bound(visitor: Visitor): { page: Visitor['page']; signIn: Visitor['signIn'] } {
  return { page: visitor.page, signIn: visitor.signIn.bind(visitor) }
}

async function make(page: Visitor['page'], name: string): Promise<void> {
  await page.getByRole('button', { name: 'New world' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create world' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

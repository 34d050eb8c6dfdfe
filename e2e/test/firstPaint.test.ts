import { createDatabase } from '@worldloom/db'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { looks, type Visitor } from '../src/visitor.ts'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, browser, arrive } = await openWorldloom()
const database = createDatabase(worldloom.database.url)
afterAll(() => database.close())

const hostile = '</script><script>document.title="taken over"</script><!--'

/** The page's HTML. */
async function htmlOf(path: string, cookie?: string): Promise<{ html: string; headers: Headers }> {
  const response = await fetch(`${worldloom.url}${path}`, { headers: cookie ? { cookie } : {} })
  return { html: await response.text(), headers: response.headers }
}

/** The positions of a page's heading and description. */
async function placesOf(page: Page, description: string) {
  const places = [page.getByRole('heading', { level: 1 }), page.getByText(description, { exact: true })]
  return await Promise.all(places.map((place) => place.boundingBox()))
}

/** A page as it is before the app runs, with JavaScript disabled. */
async function openingOf(visitor: Visitor, path: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: worldloom.url,
    javaScriptEnabled: false,
    viewport: visitor.page.viewportSize(),
    storageState: await visitor.context.storageState(),
  })
  const page = await context.newPage()
  await page.goto(path)
  return page
}

// Before the test that renames the world.
test.each(looks.filter((look) => look.endsWith('light')))(
  'what is shown before the app runs stays in its place (%s)',
  async (look) => {
    const visitor = await arrive(look)
    const { page } = visitor
    await visitor.signIn('Mira')
    await page.getByRole('link', { name: 'The Iron Coast' }).click()
    await page.getByRole('heading', { name: 'The Iron Coast', level: 1 }).waitFor()
    const world = new URL(page.url()).pathname
    const described = (table: 'worlds' | 'entities') =>
      database.db.selectFrom(table).select(['id', 'description']).where('description', '!=', '')
    const persona = await described('entities').where('kind', '=', 'persona').executeTakeFirstOrThrow()
    const paths = {
      [world]: (await described('worlds').executeTakeFirstOrThrow()).description,
      [`${world}/personas/${persona.id}`]: persona.description,
    }
    for (const [path, description] of Object.entries(paths)) {
      const opening = await openingOf(visitor, path)
      await page.goto(path)
      await page.getByRole('button', { name: 'Delete' }).waitFor()
      const [before, after] = [await placesOf(opening, description), await placesOf(page, description)]
      for (const [index, box] of after.entries()) {
        expect(Math.abs((before[index]?.y ?? 0) - (box?.y ?? 0)), path).toBeLessThanOrEqual(1)
        expect(before[index]).toMatchObject({ x: box?.x, height: box?.height })
      }
      await opening.context().close()
    }
  },
)

test('rule 41: the HTML carries what the page asks for first, escaped, for its visitor alone, and nobody stores it', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira')
  await page.getByRole('link', { name: 'The Iron Coast' }).waitFor()
  const cookies = await visitor.context.cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  await database.db.updateTable('worlds').set({ name: hostile, displayName: hostile }).execute()

  const { html, headers } = await htmlOf('/worlds', cookie)
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/)
  expect(html).not.toContain(hostile)
  const data = /<script type="application\/json" id="first-data">(.*?)<\/script>/.exec(html)?.[1] ?? ''
  const answers: { procedure: string; data: { items?: { displayName: string }[] } }[] = JSON.parse(data)
  expect(answers.map(({ procedure }) => procedure)).toEqual(['me.get', 'world.list'])
  expect(answers[1]?.data.items?.[0]?.displayName).toBe(hostile)

  // Also escaped in what is shown before the app runs.
  const { id } = await database.db.selectFrom('worlds').select('id').executeTakeFirstOrThrow()
  const world = await htmlOf(`/worlds/${id}`, cookie)
  expect(world.html).not.toContain(hostile)
  expect(world.html).toContain(
    '<bdi>&lt;/script&gt;&lt;script&gt;document.title=&quot;taken over&quot;&lt;/script&gt;&lt;!--</bdi>',
  )

  // Shown as text, without another request.
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/worlds')
  await page.getByRole('heading', { name: hostile }).waitFor()
  expect(await page.title()).toContain('Worlds')
  expect(asked.filter((path) => path.startsWith('/trpc/'))).toEqual([])

  const stranger = await htmlOf('/worlds')
  expect(stranger.html).not.toContain('first-data')
  expect(stranger.headers.get('cache-control')).toBe('no-cache')
})

test('what is in the HTML of a page is what the page asks for, and is not asked for again', async () => {
  const visitor = await arrive()
  const { page } = visitor
  await visitor.signIn('Mira')
  const { id } = await database.db.selectFrom('worlds').select('id').executeTakeFirstOrThrow()
  const story = await database.db
    .selectFrom('entities')
    .select('id')
    .where('kind', '=', 'story')
    .executeTakeFirstOrThrow()
  const asked: string[] = []
  page.on('request', (request) => {
    const [, procedures = ''] = /\/trpc\/([\w.,]+)/.exec(request.url()) ?? []
    asked.push(...procedures.split(','))
  })
  for (const path of ['personas', 'maps', 'graph', `stories/${story.id}/board`, `stories/${story.id}/text`]) {
    asked.length = 0
    const response = await page.goto(`/worlds/${id}/${path}`)
    const data = /id="first-data">(.*?)<\/script>/.exec((await response?.text()) ?? '')?.[1] ?? '[]'
    const given = (JSON.parse(data) as { procedure: string }[]).map(({ procedure }) => procedure)
    expect(given.length, path).toBeGreaterThan(2)
    await page.waitForLoadState('networkidle')
    expect(
      asked.filter((procedure) => given.includes(procedure)),
      path,
    ).toEqual([])
  }
})

test('what one may not read is not in the HTML either', async () => {
  const theo = await arrive()
  await theo.signIn('Theo')
  const { id } = await database.db
    .insertInto('worlds')
    .values({
      ownerId: (
        await database.db.selectFrom('users').select('id').where('firstName', '=', 'Ada').executeTakeFirstOrThrow()
      ).id,
      name: 'A secret world',
      displayName: 'A secret world',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const cookies = await theo.context.cookies()
  const { html } = await htmlOf(`/worlds/${id}`, cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  expect(html).toContain('me.get')
  expect(html).not.toContain('A secret world')
  await theo.page.goto(`/worlds/${id}`)
  await theo.page.getByText('No such world').waitFor()
})

import { createDatabase } from '@worldloom/db'
import { afterAll, expect, test } from 'vitest'
import { openWorldloom } from '../src/worldloom.ts'

const { worldloom, arrive } = await openWorldloom()
const database = createDatabase(worldloom.database.url)
afterAll(() => database.close())

const hostile = '</script><script>document.title="taken over"</script><!--'

/** The page as a browser without scripts gets it. */
async function htmlOf(path: string, cookie?: string): Promise<{ html: string; headers: Headers }> {
  const response = await fetch(`${worldloom.url}${path}`, { headers: cookie ? { cookie } : {} })
  return { html: await response.text(), headers: response.headers }
}

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

  // Shown as the text it is, without asking the server again.
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

import { createDatabase } from '@worldloom/db'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { person, refusal } from './access.ts'
import type { Browser } from './browser.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const mira = await person(worldloom, db, 'user')
const theo = await person(worldloom, db, 'user')
const hostile = '<img src=x onerror=alert(1)>'
const world = await mira.client.world.create.mutate({ name: 'Coast', description: `A "shore" ${hostile}` })
const worldId = world.id
const png = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
  .png()
  .toBuffer()

async function uploaded(name: string): Promise<string> {
  const form = new FormData()
  form.set('worldId', worldId)
  form.set('name', name)
  form.set('file', new File([new Uint8Array(png)], `${name}.png`))
  const response = await mira.browser.open('/api/v1/images', { method: 'POST', body: form })
  return ((await response.json()) as { id: string }).id
}

const coverId = await uploaded('Portrait')
const otherImageId = await uploaded('Secret chart')
const wren = await mira.client.persona.create.mutate({
  worldId,
  name: `Wren ${hostile}`,
  displayName: 'Wren & Co',
  epithet: 'the Reed',
  coverId,
})
const story = await mira.client.story.create.mutate({ worldId, name: 'Lamps', status: 'draft' })
const act = await mira.client.act.create.mutate({ worldId, storyId: story.id, name: 'Signals' })
const scene = await mira.client.scene.create.mutate({
  worldId,
  actId: act.id,
  name: 'The answer',
  purpose: 'Only for Mira',
  body: `# Night\n\n[@Wren](entry:${wren.id}) and [@Wren](entry:${worldId}) [click](javascript:alert(1)) ${hostile}<script>alert(2)</script><p style="color:red" onclick="alert(3)">fine</p>\n\n![chart](entry:${otherImageId}) ![far](https://example.com/spy.png)\n\n- [x] done`,
})
const traitor = await mira.client.persona.create.mutate({
  worldId,
  name: 'Edda',
  description: 'She did it.',
  body: 'All of it.',
  spoilers: { entry: scene.id },
})
await mira.client.persona.create.mutate({ worldId, name: 'Unwritten', isPlaceholder: true })

const read = `/read/${worldId}`
const scenePath = `${read}/scenes/${scene.id}`
const navigation = { headers: { 'sec-fetch-dest': 'document', accept: 'text/html' } }

async function show(visibility: 'private' | 'unlisted' | 'public'): Promise<void> {
  const { version } = await mira.client.world.byId.query({ id: worldId })
  await mira.client.world.update.mutate({ id: worldId, version, visibility })
}

async function page(path: string, browser: Browser = worldloom.browser()) {
  const response = await browser.open(path)
  return { status: response.status, headers: response.headers, html: await response.text() }
}

async function statusOf(path: string, browser: Browser): Promise<number> {
  const response = await browser.open(path)
  await response.arrayBuffer()
  return response.status
}

describe('the reading side', () => {
  test('is for everybody where the world is not private, and for nobody else where it is', async () => {
    await show('private')
    const paths = [read, `${read}/personas`, scenePath, `${read}/preview.png`, `${read}/images/${coverId}/file`]
    for (const path of paths) {
      expect([path, await statusOf(path, worldloom.browser())]).toEqual([path, 404])
      expect([path, await statusOf(path, theo.browser)]).toEqual([path, 404])
      expect([path, await statusOf(path, mira.browser)]).toEqual([path, 200])
    }
    expect((await page('/read')).html).not.toContain('Coast')
    for (const visibility of ['unlisted', 'public'] as const) {
      await show(visibility)
      for (const path of paths) expect([path, await statusOf(path, worldloom.browser())]).toEqual([path, 200])
      const { headers, html } = await page(read)
      expect(headers.get('x-robots-tag')).toBe(visibility === 'public' ? null : 'noindex')
      expect(headers.get('cache-control')).toBe('private, no-cache')
      expect(html.includes('<meta name="robots" content="noindex">')).toBe(visibility === 'unlisted')
      const library = await page('/read')
      expect(library.html.includes('Coast')).toBe(visibility === 'public')
      expect(library.headers.get('x-robots-tag')).toBeNull()
    }
    for (const path of [`${read}/nothing`, `${read}/personas/nothing`, '/read/nothing', `${read}/scenes/${wren.id}`]) {
      expect([path, await statusOf(path, worldloom.browser())]).toEqual([path, 404])
    }
  })

  test('shows what is written as it was meant, and runs none of it', async () => {
    await show('public')
    const { html, headers } = await page(scenePath)
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(html).not.toMatch(/<script|onerror|onclick|javascript:|style="|<img src="?x|<img[^>]*spy\.png/i)
    expect(html).toContain('<h2>Night</h2>')
    expect(html).toContain(`<a href="${read}/personas/${wren.id}">Wren &amp; Co</a>`)
    // What is mentioned but not there is a word.
    expect(html).toContain('</a> and Wren ')
    expect(html).toContain(`src="${read}/images/${otherImageId}/file?size=large" alt="chart"`)
    expect(html).toContain('<p>fine</p>')
    // Of no concern to readers.
    expect(html).not.toContain('Only for Mira')
    const persona = await page(`${read}/personas/${wren.id}`)
    expect(persona.html).toContain('the Reed')
    expect(persona.html).toContain('<bdi>Wren &amp; Co</bdi>')
    const front = await page(read)
    expect(front.html).toContain('A &quot;shore&quot; &lt;img src=x')
  })

  test('is not sent again while it is the same, and keeps its policy then', async () => {
    await show('unlisted')
    const first = await page(read)
    const etag = first.headers.get('etag') ?? ''
    const again = await worldloom.browser().open(read, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    for (const name of ['content-security-policy', 'x-robots-tag', 'cache-control']) {
      expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)])
    }
    await show('public')
  })

  test('reads a story from beginning to end, in order', async () => {
    const { html } = await page(`${read}/stories/${story.id}/text`)
    expect(html.indexOf('Lamps')).toBeLessThan(html.indexOf(`id="${scene.id}"`))
    expect((await page(`${read}/stories/${story.id}`)).html).toContain(`/text#${scene.id}`)
    expect((await page(`${read}/stories/${story.id}`)).html).not.toContain('Draft')
  })

  test('gives nothing away that is known only later', async () => {
    for (const path of [read, `${read}/personas`, `${read}/search?q=Edda`]) {
      expect((await page(path)).html).not.toContain(traitor.id)
    }
    expect((await page(`${read}/personas`)).html).not.toContain('Unwritten')
    const { html } = await page(`${read}/personas/${traitor.id}`)
    expect(html).toMatch(/<details class="spoiler"><summary>Gives away what is known from “The answer” on/)
    expect(html.slice(0, html.indexOf('<details'))).not.toContain('All of it.')
  })

  test('finds entries by their names, also with typos', async () => {
    expect((await page(`${read}/search?q=Lmaps`)).html).toContain(`${read}/stories/${story.id}`)
    expect((await page(`${read}/search?q=${encodeURIComponent(hostile)}`)).html).not.toContain('<img src=x')
  })

  test('has previews of links, drawn by the server', async () => {
    const { html } = await page(`${read}/personas/${wren.id}`)
    const address = /<meta property="og:image" content="([^"]+)">/.exec(html)?.[1] ?? ''
    expect(address).toBe(`${worldloom.url}${read}/personas/${wren.id}/preview.png`)
    const response = await worldloom.browser().open(address)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({
      width: 1200,
      height: 630,
      format: 'png',
    })
    expect(html).toContain('<meta property="og:title" content="Wren &amp; Co · Coast">')
  })

  test('is where those land who follow a link into the studio without an account', async () => {
    const follow = async (path: string, browser = worldloom.browser()) =>
      (await browser.open(path, { headers: { accept: 'text/html' } })).headers.get('location')
    expect(await follow(`/worlds/${worldId}`)).toBe(read)
    expect(await follow(`/worlds/${worldId}/personas/${wren.id}`)).toBe(`${read}/personas/${wren.id}`)
    expect(await follow(`/worlds/${worldId}/settings`)).toBe(read)
    expect(await follow(`/worlds/${worldId}`, mira.browser)).toBeNull()
    await show('private')
    expect(await follow(`/worlds/${worldId}`)).toBeNull()
  })
})

describe('a share link', () => {
  const shared = async (input: object) => await mira.client.shareLink.create.mutate({ worldId, ...input })
  const press = async (link: string, browser: Browser) => {
    const body = new URLSearchParams({ token: new URL(link).searchParams.get('token') ?? '' })
    return await browser.open('/share', { method: 'POST', body })
  }

  test('shows the whole of a private world, until it is revoked', async () => {
    await show('private')
    const { id, link, isOpen } = await shared({ label: 'Test readers' })
    expect(isOpen).toBe(true)
    const guest = worldloom.browser()
    const opened = await guest.open(link, navigation)
    expect([opened.status, opened.headers.get('location')]).toEqual([303, read])
    expect(opened.headers.getSetCookie()[0]).toMatch(/^worldloom_visitor=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
    expect(opened.headers.get('cache-control')).toBe('no-store')
    expect(await statusOf(scenePath, guest)).toBe(200)
    expect(await statusOf(`${read}/images/${otherImageId}/file`, guest)).toBe(200)
    // It reads, and only there.
    expect(await refusal(guest.client.persona.byId.query({ id: wren.id }))).toBe('notSignedIn')
    expect(await mira.client.shareLink.revoke.mutate({ id })).toMatchObject({ isOpen: false })
    expect(await statusOf(scenePath, guest)).toBe(404)
    expect(await statusOf(link, worldloom.browser())).toBe(404)
  })

  test('to an entry shows that and what is in it, with its pictures', async () => {
    const { link } = await shared({ entityId: story.id })
    const guest = worldloom.browser()
    const opened = await guest.open(link, navigation)
    expect(opened.headers.get('location')).toBe(`${read}/stories/${story.id}`)
    for (const path of [scenePath, `${read}/stories/${story.id}/text`, `${read}/images/${otherImageId}/file`]) {
      expect([path, await statusOf(path, guest)]).toEqual([path, 200])
    }
    for (const path of [`${read}/personas/${wren.id}`, `${read}/images/${coverId}/file`, `${read}/images/${coverId}`]) {
      expect([path, await statusOf(path, guest)]).toEqual([path, 404])
    }
    const front = await page(read, guest)
    expect(front.html).toContain(`${read}/stories/${story.id}`)
    expect(front.html).not.toContain('A &quot;shore&quot;')
    expect((await page(`${read}/search?q=Wren`, guest)).html).not.toContain(wren.id)
    // A mention of what is not shared leads nowhere.
    expect((await page(scenePath, guest)).html).not.toContain(`/personas/${wren.id}`)
    const second = await shared({ entityId: wren.id })
    await guest.open(second.link, navigation)
    expect(await statusOf(`${read}/personas/${wren.id}`, guest)).toBe(200)
    expect(await statusOf(scenePath, guest)).toBe(200)
  })

  test('that counts is opened by pressing a button, once in each browser', async () => {
    const { id, link } = await shared({ maxUses: 1 })
    const [first, second] = [worldloom.browser(), worldloom.browser()]
    // What loads links by itself uses none up.
    for (const browser of [first, second]) {
      const landing = await page(link, browser)
      expect(landing.status).toBe(200)
      expect(landing.html).toContain('Read it')
    }
    expect((await press(link, first)).status).toBe(303)
    expect((await press(link, first)).status).toBe(303)
    const refused = await press(link, second)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('as often as it can be')
    expect([await statusOf(read, first), await statusOf(read, second)]).toEqual([200, 404])
    const [listed] = (await mira.client.shareLink.list.query({ worldId })).items
    expect(listed).toMatchObject({ id, useCount: 1, maxUses: 1, lastOpenedAt: expect.any(String) })
    expect((await mira.client.shareLink.visits.query({ id })).items).toHaveLength(1)
  })

  test('is opened by no more browsers than it may, however many try at once', async () => {
    const { link } = await shared({ maxUses: 2 })
    const answers = await Promise.all(Array.from({ length: 6 }, () => press(link, worldloom.browser())))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 409, 409, 409, 409])
  })

  test('ends when it expires, and with what it shows', async () => {
    const { id, link } = await shared({ expiresInDays: 1 })
    const guest = worldloom.browser()
    await guest.open(link, navigation)
    expect(await statusOf(read, guest)).toBe(200)
    await db
      .updateTable('shareLinks')
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where('id', '=', id)
      .execute()
    expect(await statusOf(read, guest)).toBe(404)
    expect(await statusOf(link, guest)).toBe(404)
    const thing = await mira.client.thing.create.mutate({ worldId, name: 'Bell' })
    const ofThing = await shared({ entityId: thing.id })
    await guest.open(ofThing.link, navigation)
    const path = `${read}/things/${thing.id}`
    expect(await statusOf(path, guest)).toBe(200)
    await mira.client.thing.delete.mutate({ id: thing.id, version: thing.version })
    expect(await statusOf(path, guest)).toBe(404)
    expect(await statusOf(ofThing.link, guest)).toBe(404)
  })

  test('is made, seen and revoked by the owner of the world alone', async () => {
    await mira.client.member.list.query({ worldId })
    await db.insertInto('worldMembers').values({ worldId, userId: theo.id, role: 'editor' }).execute()
    const { id } = await shared({})
    for (const attempt of [
      () => theo.client.shareLink.create.mutate({ worldId }),
      () => theo.client.shareLink.list.query({ worldId }),
      () => theo.client.shareLink.visits.query({ id }),
      () => theo.client.shareLink.revoke.mutate({ id }),
    ]) {
      expect(await refusal(attempt())).toBe('roleTooLow')
    }
    const stranger = await person(worldloom, db, 'user')
    expect(await refusal(stranger.client.shareLink.revoke.mutate({ id }))).toBe('notFound')
    expect(await refusal(mira.client.shareLink.create.mutate({ worldId, entityId: worldId }))).toBe('notFound')
    expect(await refusal(mira.client.shareLink.create.mutate({ worldId, maxUses: 0 }))).toBe('badInput')
  })

  test('is stored as a hash, and whatever happens to it is logged', async () => {
    const { id, link } = await shared({ label: 'Logged' })
    const token = new URL(link).searchParams.get('token') ?? ''
    await worldloom.browser().open(link, navigation)
    await mira.client.shareLink.revoke.mutate({ id })
    const rows = await db.selectFrom('auditEvents').selectAll().where('action', 'like', 'shareLink.%').execute()
    const ofLink = rows.filter(({ details }) => JSON.stringify(details).includes(id))
    expect(ofLink.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ['shareLink.create', 'session'],
      ['shareLink.open', 'anonymous'],
      ['shareLink.revoke', 'session'],
    ])
    expect(JSON.stringify(rows)).not.toContain(token)
    const stored = await db.selectFrom('shareLinks').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(JSON.stringify(stored)).not.toContain(token)
    for (const wrong of ['', 'x', `${token.slice(1)}A`, token.toLowerCase()]) {
      expect(await statusOf(`/share?token=${wrong}`, worldloom.browser())).toBe(404)
    }
  })

  test('has a preview of what it shows, not of anything else', async () => {
    const { link } = await shared({ entityId: story.id })
    const { html } = await page(link)
    expect(html).toContain('<meta property="og:title" content="Lamps">')
    const address = /<meta property="og:image" content="([^"]+)">/.exec(html)?.[1] ?? ''
    expect(await statusOf(address, worldloom.browser())).toBe(200)
    expect(await statusOf('/share/preview.png?token=x', worldloom.browser())).toBe(404)
  })
})

test('where guests may not read, those with an account still may, and share links still work', async () => {
  const closed = await startTestWorldloom({ GUEST_READING: 'false' })
  const other = createDatabase(closed.database.url)
  try {
    const [owner, member] = [await person(closed, other.db, 'user'), await person(closed, other.db, 'user')]
    const { id } = await owner.client.world.create.mutate({ name: 'Inner', visibility: 'public' })
    expect(await statusOf(`/read/${id}`, closed.browser())).toBe(404)
    expect(await statusOf(`/read/${id}`, member.browser)).toBe(200)
    expect((await page('/read', closed.browser())).html).not.toContain('Inner')
    const { link } = await owner.client.shareLink.create.mutate({ worldId: id })
    const guest = closed.browser()
    await guest.open(link, navigation)
    expect(await statusOf(`/read/${id}`, guest)).toBe(200)
  } finally {
    await other.close()
  }
})

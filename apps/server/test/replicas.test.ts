import { randomUUID } from 'node:crypto'
import { createDatabase } from '@worldloom/db'
import { cloneTestDatabase, startPrimary, startReplica } from '@worldloom/db/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { createTestApiKey } from '../src/testing/index.ts'
import { person, refusal, withKey } from './access.ts'
import { follow, following } from './streams.ts'
import { startTestWorldloom } from './worldloom.ts'

const primary = await startPrimary()
const replica = await startReplica(primary)
const { db, close } = createDatabase(primary.url)
afterAll(async () => {
  await close()
  await replica.remove()
  await primary.remove()
})

const settings = {
  DATABASE_URL: primary.url,
  DATABASE_REPLICA_URLS: replica.url,
  // However slow the machine is: what is tested is not the time.
  DATABASE_REPLICA_MAX_LAG: '5s',
  PASSWORD_SIGN_IN: 'true',
  GUEST_READING: 'true',
}

async function metric(url: string, series: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(series))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  )
}

describe('two servers and a replica', async () => {
  const one = await startTestWorldloom(settings)
  const two = await startTestWorldloom(settings)
  const author = await one.signIn('mira')
  const there = two.browser()
  for (const [name, value] of author.cookies) there.setCookie(name, value)
  const { id: worldId } = await author.client.world.create.mutate({ name: 'Replicated' })
  /** A member of the world, signed in at the other server. */
  const member = async () => {
    const joined = await person(two, db, 'user')
    await db.insertInto('worldMembers').values({ worldId, userId: joined.id, role: 'viewer' }).execute()
    return joined
  }
  const { id: heardWorldId } = await author.client.world.create.mutate({ name: 'To be heard of' })
  /**
   * Waits until the second server has heard of all that was done, and reads from the replica: of what it hears late, as that a key was
   * made, it asks that whatever it reads from has it.
   */
  const settled = async () => {
    const stream = await following(there.client, [heardWorldId])
    await author.client.story.create.mutate({ worldId: heardWorldId, name: randomUUID() })
    // Notifications come in the order of what they tell of.
    await stream.until(({ positions }) => positions.length === 1)
    stream.stop()
    const fromReplica = () => metric(two.url, 'database_reads_total{from="replica"}')
    const readsOne = async () => {
      const before = await fromReplica()
      await there.client.story.list.query({ worldId: heardWorldId })
      return (await fromReplica()) > before
    }
    await expect.poll(readsOne, { timeout: 20_000 }).toBe(true)
  }
  /** Runs something while the replica stands still, for less than it may be behind. */
  async function standingStill<Result>(run: () => Promise<Result>): Promise<Result> {
    await settled()
    await replica.run('select pg_wal_replay_pause()')
    try {
      return await run()
    } finally {
      await replica.run('select pg_wal_replay_resume()')
    }
  }
  const serving = () => expect.poll(() => metric(two.url, 'database_replica_serving{'), { timeout: 20_000 }).toBe(1)

  test('worlds are read from the replica, and who one is from the primary', async () => {
    await serving()
    await there.client.world.byId.query({ id: worldId })
    const reads = await metric(two.url, 'database_reads_total{from="replica"}')
    for (let time = 0; time < 5; time++) await there.client.story.list.query({ worldId })
    expect(await metric(two.url, 'database_reads_total{from="replica"}')).toBeGreaterThanOrEqual(reads + 5)
    const before = await metric(two.url, 'database_reads_total{from="replica"}')
    await there.client.me.get.query()
    await there.client.member.list.query({ worldId })
    await there.client.presence.list.query({ worldId })
    expect(await metric(two.url, 'database_reads_total{from="replica"}')).toBe(before)
    expect(await (await fetch(`${two.url}/readyz`)).json()).toEqual({
      status: 'ready',
      notifications: 'arrive',
      replicas: { serving: 1, leftOut: 0 },
    })
  })

  test('a browser reads what it has written, at another server as well', async () => {
    await serving()
    await standingStill(async () => {
      const { id } = await author.client.story.create.mutate({ worldId, name: 'written here' })
      const position = author.cookies.get('worldloom_position')
      expect(decodeURIComponent(position ?? '')).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/)
      there.setCookie('worldloom_position', position ?? '')
      expect((await there.client.story.byId.query({ id })).name).toBe('written here')
      expect((await there.client.story.list.query({ worldId })).items).toHaveLength(1)
      // Without it, what is a moment old is good enough.
      const stranger = two.browser()
      stranger.setCookie('worldloom_session', author.cookies.get('worldloom_session') ?? '')
      expect((await stranger.client.story.list.query({ worldId })).items).toHaveLength(0)
      // Unless that is nothing at all.
      expect((await stranger.client.story.byId.query({ id })).name).toBe('written here')
    })
  })

  test('so does a program, which sends what it was told', async () => {
    await serving()
    const apiKey = await createTestApiKey(one)
    const client = withKey(one, apiKey)
    const { id } = await client.world.create.mutate({ name: 'Of a program' })
    await serving()
    await standingStill(async () => {
      await client.story.create.mutate({ worldId: id, name: 'one' })
      expect((await client.story.list.query({ worldId: id })).items).toHaveLength(1)
      // Over REST.
      const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' }
      const made = await fetch(`${one.url}/api/v1/stories`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ worldId: id, name: 'two' }),
      })
      const position = made.headers.get('worldloom-position') ?? ''
      expect(made.headers.get('set-cookie')).toBeNull()
      const list = async (sent: Record<string, string>) => {
        const response = await fetch(`${two.url}/api/v1/stories?worldId=${id}`, { headers: { ...headers, ...sent } })
        return ((await response.json()) as { items: unknown[] }).items.length // as documented
      }
      expect(await list({ 'worldloom-position': position })).toBe(2)
      // What is no position says nothing, and one that nobody has reached is only that.
      expect(await list({ 'worldloom-position': "0/0'; drop table worlds" })).toBeLessThan(2)
      expect(await list({ 'worldloom-position': 'FFFFFFFF/FFFFFFFF' })).toBe(2)
    })
  })

  test('whoever hears of a change reads it', async () => {
    const theo = await member()
    const stream = follow(theo.client, [worldId])
    await stream.until(({ events }) => events.length > 0)
    await serving()
    await standingStill(async () => {
      const { id } = await author.client.persona.create.mutate({ worldId, name: 'Ysolde' })
      await stream.until(({ events }) =>
        events.some(({ data }) => data.type === 'change' && data.change.subjectId === id),
      )
      expect((await theo.client.persona.list.query({ worldId })).items).toHaveLength(1)
    })
  })

  test('rule 12: what is taken from somebody is gone at once, although the replica still has it', async () => {
    // At the next request after the notification, which comes long before the replica has it.
    const theo = await member()
    await theo.client.world.byId.query({ id: worldId })
    await serving()
    await standingStill(async () => {
      await author.client.member.remove.mutate({ worldId, userId: theo.id })
      await expect.poll(() => refusal(theo.client.world.byId.query({ id: worldId })), { interval: 5 }).toBe('notFound')
      expect((await theo.client.world.list.query({})).items).toHaveLength(0)
    })
    const { version } = await author.client.world.byId.query({ id: worldId })
    await author.client.world.update.mutate({ id: worldId, version, visibility: 'public' })
    await theo.client.world.byId.query({ id: worldId })
    await serving()
    await standingStill(async () => {
      await author.client.world.update.mutate({ id: worldId, version: version + 1, visibility: 'private' })
      await expect.poll(() => refusal(theo.client.world.byId.query({ id: worldId })), { interval: 5 }).toBe('notFound')
      expect((await fetch(`${two.url}/read/${worldId}`)).status).toBe(404)
    })
  })

  test('pages for readers are read from the replica, and what it does not have yet from the primary', async () => {
    const { id } = await author.client.world.create.mutate({ name: 'To be read', visibility: 'public' })
    await expect.poll(async () => (await fetch(`${two.url}/read/${id}`)).status).toBe(200)
    await serving()
    const before = await metric(two.url, 'database_reads_total{from="replica"}')
    expect(await (await fetch(`${two.url}/read/${id}`)).text()).toContain('To be read')
    expect(await metric(two.url, 'database_reads_total{from="replica"}')).toBe(before + 1)
    await standingStill(async () => {
      const { id: storyId } = await author.client.story.create.mutate({ worldId: id, name: 'Only just' })
      expect(await (await fetch(`${two.url}/read/${id}/stories/${storyId}`)).text()).toContain('Only just')
    })
  })

  test('a replica that dies takes no request with it', async () => {
    await serving()
    let isOver = false
    let count = 0
    const reading = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        await there.client.story.list.query({ worldId })
        count++
      }
    })
    await replica.kill()
    await expect.poll(() => metric(two.url, 'database_replica_serving{')).toBe(0)
    const then = count
    await expect.poll(() => count).toBeGreaterThan(then + 20)
    expect(two.log.join('')).toContain('a replica is left out')
    await replica.start()
    await serving()
    isOver = true
    await Promise.all(reading)
  })
})

test('a replica of another database is refused at the start, without its password', async () => {
  const other = await cloneTestDatabase()
  const failure = await startTestWorldloom({ ...settings, DATABASE_REPLICA_URLS: other.url }).catch(
    (error: unknown) => error,
  )
  expect(String(failure)).toContain('is not a replica of DATABASE_URL')
  expect(String(failure)).not.toContain(new URL(other.url).password)
  await other.drop()
})

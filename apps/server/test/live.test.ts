import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { operator } from '@worldloom/auth'
import { createWorldloomClient } from '@worldloom/client'
import { createDatabase, inTransaction } from '@worldloom/db'
import { cloneTestDatabase } from '@worldloom/db/testing'
import { type Change, recordChanges } from '@worldloom/worlds'
import { sql } from 'kysely'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { accessToken, person, refusal, withKey } from './access.ts'
import { atEnd } from './atEnd.ts'
import { follow, following } from './streams.ts'
import { startTestWorldloom } from './worldloom.ts'

const database = await cloneTestDatabase()
afterAll(() => database.drop())
const settings = { DATABASE_URL: database.url, PASSWORD_SIGN_IN: 'true' }
const [here, there] = [await startTestWorldloom(settings), await startTestWorldloom(settings)]
const { db, close } = createDatabase(database.url)
afterAll(close)
const owner = await person(here, db, 'user')
const { client } = owner

let count = 0
async function newWorld(): Promise<string> {
  count++
  const { id } = await client.world.create.mutate({ name: `World ${count}` })
  return id
}

/** A member of a world, signed in at the other server. */
async function member(worldId: string, role: 'viewer' | 'editor' = 'editor') {
  const joined = await person(there, db, 'user')
  await db.insertInto('worldMembers').values({ worldId, userId: joined.id, role }).execute()
  return joined
}

describe('a stream of changes', () => {
  test('brings what is done at another server, in order, and continues where its reader was', async () => {
    const worldId = await newWorld()
    const { client: reader } = await member(worldId)
    const stream = await following(reader, [worldId])
    expect(stream.events[0]?.data).toEqual({ type: 'start' })
    const wren = await client.persona.create.mutate({ worldId, name: 'Wren' })
    await client.persona.update.mutate({ id: wren.id, version: 1, body: 'Keeper.' })
    await stream.until(({ positions }) => positions.length === 2)
    expect(stream.events.at(-1)?.data).toMatchObject({
      type: 'change',
      worldId,
      change: { position: 3, action: 'update', kind: 'persona', subjectId: wren.id, version: 2, fields: ['body'] },
    })
    stream.stop()
    await client.persona.delete.mutate({ id: wren.id, version: 2 })
    const again = await following(client, [worldId], stream.lastEventId)
    await again.until(({ positions }) => positions.length === 1)
    expect(again.positions).toEqual([4])
  })

  test('can follow several worlds, one of which may begin later', async () => {
    const [one, two] = [await newWorld(), await newWorld()]
    const first = await following(client, [one])
    await client.thing.create.mutate({ worldId: one, name: 'Lamp' })
    await first.until(({ positions }) => positions.length === 1)
    first.stop()
    await client.thing.create.mutate({ worldId: one, name: 'Bell' })
    const both = await following(client, [one, two], first.lastEventId)
    await client.thing.create.mutate({ worldId: two, name: 'Oar' })
    await both.until(({ positions }) => positions.length === 2)
    const seen = both.events.flatMap(({ data }) =>
      data.type === 'change' ? [[data.worldId, data.change.subjectName]] : [],
    )
    expect(seen).toEqual([
      [one, 'Bell'],
      [two, 'Oar'],
    ])
  })

  test('is for keys and tokens as well', async () => {
    const worldId = await newWorld()
    const { key } = await client.apiKey.create.mutate({ name: 'Reader', permissions: ['entity:read'] })
    const token = await accessToken(owner)
    const streams = [await following(withKey(here, key), [worldId])]
    streams.push(await following(createWorldloomClient({ url: here.url, token }), [worldId]))
    await client.thing.create.mutate({ worldId, name: 'Lamp' })
    for (const stream of streams) await stream.until(({ positions }) => positions.length === 1)
  })

  test('says who has a world open, and what', async () => {
    const worldId = await newWorld()
    const theo = await member(worldId)
    const lamp = await client.thing.create.mutate({ worldId, name: 'Lamp' })
    const stream = await following(client, [worldId])
    const clientId = randomUUID()
    await theo.client.presence.report.mutate({ worldId, clientId, subjectId: lamp.id, field: 'body' })
    const seen = () => stream.events.flatMap(({ data }) => (data.type === 'here' ? [data.people] : []))
    await stream.until(() => seen().length === 1)
    expect(seen()[0]).toMatchObject([{ userId: theo.id, clientId, subjectId: lamp.id, field: 'body' }])
    // Saying the same again is no news.
    await theo.client.presence.report.mutate({ worldId, clientId, subjectId: lamp.id, field: 'body' })
    await theo.client.presence.report.mutate({ worldId, clientId, subjectId: lamp.id })
    await stream.until(() => seen().length === 2)
    expect(seen()[1]).toMatchObject([{ field: null }])
    expect((await client.presence.list.query({ worldId })).items).toHaveLength(1)
    // Nobody can speak for another tab.
    await client.presence.report.mutate({ worldId, clientId, field: 'name' })
    await client.presence.leave.mutate({ worldId, clientId })
    expect((await client.presence.list.query({ worldId })).items).toMatchObject([{ userId: theo.id, field: null }])
    await theo.client.presence.leave.mutate({ worldId, clientId })
    await stream.until(() => seen().at(-1)?.length === 0)
    const stranger = await person(there, db, 'user')
    expect(await refusal(stranger.client.presence.report.mutate({ worldId, clientId }))).toBe('notFound')
    expect(await refusal(stranger.client.presence.list.query({ worldId }))).toBe('notFound')
  })
})

test('a stream says how many proposals wait, whenever something is proposed or decided', async () => {
  const worldId = await newWorld()
  const theo = await member(worldId)
  const stream = await following(client, [worldId])
  const seen = () => stream.events.flatMap(({ data }) => (data.type === 'proposals' ? [data.pending] : []))
  const propose = (name: string) =>
    theo.client.changeSet.create.mutate({
      ...{ worldId, title: name },
      changes: [{ action: 'create', kind: 'thing', fields: { name } }],
    })
  const lamp = await propose('Lamp')
  await stream.until(() => seen().length === 1)
  const oar = await propose('Oar')
  await stream.until(() => seen().length === 2)
  await theo.client.changeSet.dismiss.mutate({ id: lamp.id })
  await stream.until(() => seen().length === 3)
  expect(seen()).toEqual([1, 2, 1])
  // Whoever comes later, or was away, hears how it is.
  const later = await following(client, [worldId], stream.lastEventId)
  await later.until(() => later.events.at(-1)?.data.type === 'proposals')
  expect(later.events.at(-1)?.data).toEqual({ type: 'proposals', worldId, pending: 1 })

  const { etag } = await client.changeSet.byId.query({ id: oar.id })
  await client.changeSet.confirm.mutate({ id: oar.id, etag })
  await stream.until(({ positions }) => positions.length === 1 && seen().length === 4)
  expect(seen().at(-1)).toBe(0)
  expect(stream.events.filter(({ data }) => data.type === 'change')).toMatchObject([
    { data: { change: { action: 'create', subjectName: 'Oar' } } },
  ])
  // What was refused is no news.
  expect(await refusal(theo.client.changeSet.dismiss.mutate({ id: oar.id }))).toBe('conflict')
  // Past Worldloom, or said to nobody: found within five seconds.
  await db
    .updateTable('changeSets')
    .set({ status: 'pending', decidedOn: null, decidedAt: null })
    .where('id', '=', oar.id)
    .execute()
  await stream.until(() => seen().length === 5)
  expect(seen().at(-1)).toBe(1)
})

describe('as Server-Sent Events', () => {
  test('it continues after Last-Event-ID, and is refused with a status of its own', async () => {
    const worldId = await newWorld()
    const { key, id } = await client.apiKey.create.mutate({ name: 'Events', permissions: ['entity:read'] })
    await client.thing.create.mutate({ worldId, name: 'Lamp' })
    const get = (headers: Record<string, string>, world = worldId) =>
      fetch(`${here.url}/api/v1/worlds/${world}/changes`, { headers })
    const response = await get({ 'x-api-key': key, 'last-event-id': `${worldId}:1` })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (; !text.includes('"Lamp"'); ) text += (await reader.read()).value
    expect(text).toMatch(new RegExp(`^event: start\ndata: {}\nid: ${worldId}:1\nretry: 1000\n\n`))
    expect(text).toContain(`event: change\ndata: {"worldId":"${worldId}","change":{`)
    await client.apiKey.deactivate.mutate({ id })
    for (let done = false; !done; ) {
      const next = await reader.read()
      text += next.value ?? ''
      done = next.done
    }
    expect(text).toMatch(/event: error\ndata: {"detail":"[^"]+","reason":{"kind":"invalidCredential"}}\n\n$/)

    const { key: second } = await client.apiKey.create.mutate({ name: 'Second', permissions: ['entity:read'] })
    expect((await get({})).status).toBe(401)
    const gone = await get({ 'x-api-key': second, 'last-event-id': `${worldId}:99` })
    expect([gone.status, await gone.json()]).toMatchObject([410, { reason: { kind: 'syncAnew' } }])
    expect((await get({ 'x-api-key': second, 'last-event-id': 'x' })).status).toBe(400)
    expect((await get({ 'x-api-key': second }, randomUUID())).status).toBe(404)
    expect((await get({ 'x-api-key': second }, 'x')).status).toBe(400)
  })
})

describe('a stream ends, and nothing after that reaches its reader', () => {
  test('when they are not a member any more', async () => {
    const worldId = await newWorld()
    const theo = await member(worldId)
    const stream = await following(theo.client, [worldId])
    await client.member.remove.mutate({ worldId, userId: theo.id })
    await client.thing.create.mutate({ worldId, name: 'Secret' })
    await stream.until(({ ended }) => ended !== undefined)
    expect(stream.events.map(({ data }) => data.type)).toEqual(['start', 'gone'])
    expect(await follow(theo.client, [worldId], stream.lastEventId).end()).toBe('notFound')
  })

  test('when their session is revoked', async () => {
    const worldId = await newWorld()
    const theo = await member(worldId)
    const stream = await following(theo.client, [worldId])
    await db.deleteFrom('sessions').where('userId', '=', theo.id).execute()
    await client.thing.create.mutate({ worldId, name: 'Secret' })
    await stream.until(({ ended }) => ended !== undefined)
    expect(stream.positions).toEqual([])
  })

  test('when their key or their account is deactivated', async () => {
    const worldId = await newWorld()
    const theo = await member(worldId)
    const keys = [
      await theo.client.apiKey.create.mutate({ name: 'Reader', permissions: ['entity:read'] }),
      await theo.client.apiKey.create.mutate({ name: 'Other', permissions: ['entity:read'] }),
    ] as const
    const streams = [
      await following(withKey(here, keys[0].key), [worldId]),
      await following(withKey(there, keys[1].key), [worldId]),
    ] as const
    await theo.client.apiKey.deactivate.mutate({ id: keys[0].id })
    await streams[0].until(({ ended }) => ended === 'invalidCredential')
    await db.updateTable('users').set({ isActive: false }).where('id', '=', theo.id).execute()
    await client.thing.create.mutate({ worldId, name: 'Secret' })
    await streams[1].until(({ ended }) => ended !== undefined)
    expect(streams.flatMap(({ positions }) => positions)).toEqual([])
  })

  test('when the world goes to the trash; others that it follows go on', async () => {
    const [one, two] = [await newWorld(), await newWorld()]
    const stream = await following(client, [one, two])
    await client.world.delete.mutate({ id: one, version: 1 })
    await stream.until(({ events }) => events.at(-1)?.data.type === 'gone')
    await client.thing.create.mutate({ worldId: two, name: 'Lamp' })
    await stream.until(({ positions }) => positions.length === 1)
  })
})

test('how many streams there are is a metric', async () => {
  const worldId = await newWorld()
  const streamsIn = async () => {
    const metrics = await (await fetch(`${here.url}/metrics`)).text()
    return Number(/^change_streams (\d+)$/m.exec(metrics)?.[1])
  }
  const before = await streamsIn()
  const stream = await following(client, [worldId])
  expect(await streamsIn()).toBe(before + 1)
  stream.stop()
  await vi.waitUntil(async () => (await streamsIn()) === before)
})

describe('a position is refused', () => {
  test('of another world, of the future, or forged', async () => {
    const [one, two] = [await newWorld(), await newWorld()]
    expect(await follow(client, [one], `${two}:1`).end()).toBe('badInput')
    expect(await follow(client, [one], `${one}:99`).end()).toBe('syncAnew')
    for (const forged of ['x', `${one}`, `${one}:-1`, `${one}:1;drop`, `${one}:9999999999999999999`, '🧵:1']) {
      expect(await follow(client, [one], forged).end()).toBe('badInput')
    }
    expect(await follow(client, []).end()).toBe('badInput')
    expect(await follow(client, [randomUUID()]).end()).toBe('notFound')
  })

  test('that is older than what the log has', async () => {
    const worldId = await newWorld()
    for (const name of ['Lamp', 'Bell', 'Oar']) await client.thing.create.mutate({ worldId, name })
    await sql`delete from changes where world_id = ${worldId} and position < 3`.execute(db)
    expect(await follow(client, [worldId], `${worldId}:1`).end()).toBe('syncAnew')
    const stream = await following(client, [worldId], `${worldId}:2`)
    await stream.until(({ positions }) => positions.length === 2)
  })
})

describe('nothing is missed', () => {
  test('when the listeners are cut off', async () => {
    const worldId = await newWorld()
    const stream = await following(client, [worldId])
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'worldloom listener'`.execute(db)
    for (const name of ['Lamp', 'Bell', 'Oar']) await client.thing.create.mutate({ worldId, name })
    await stream.until(({ positions }) => positions.length === 3)
    expect(stream.positions).toEqual([2, 3, 4])
  })

  test('in a burst of 5,000 changes at two servers', async () => {
    const worldId = await newWorld()
    const theo = await member(worldId)
    const streams = [await following(client, [worldId]), await following(theo.client, [worldId])]
    const several = Array.from({ length: 80 }, (_, index): Change => {
      return { action: 'update', subject: { kind: 'thing', id: worldId, name: `Thing ${index}` }, version: 2 }
    })
    // Writers in one world wait for one another, and a server refuses those that wait for longer than 5 s: 20 at once.
    await Promise.all(
      [client, theo.client].map(async (writer, server) => {
        for (let batch = 0; batch < 25; batch++) {
          const names = Array.from({ length: 20 }, (_, index) => `${server} ${batch} ${index}`)
          await Promise.all([
            ...names.map((name) => writer.thing.create.mutate({ worldId, name })),
            inTransaction(db, (trx) => recordChanges(trx, operator, worldId, several)),
          ])
        }
      }),
    )
    const wanted = Array.from({ length: 5000 }, (_, index) => index + 2)
    for (const stream of streams) {
      await stream.until(({ positions }) => positions.length >= 5000, 60_000)
      expect(stream.positions).toEqual(wanted)
    }
  }, 240_000)

  test('by a reader that comes back after a while, or is told to read everything anew', async () => {
    const worldId = await newWorld()
    const { key } = await client.apiKey.create.mutate({ name: 'Slow', permissions: ['entity:read'] })
    const socket = connect({ port: here.port, host: 'localhost' })
    atEnd(async () => socket.destroy())
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.write(`GET /api/v1/worlds/${worldId}/changes HTTP/1.1\r\nhost: localhost\r\nx-api-key: ${key}\r\n\r\n`)
    await vi.waitUntil(() => text.includes('event: start'))
    socket.pause()
    const before = process.memoryUsage().heapUsed
    const changes = Array.from({ length: 5000 }, (_, index): Change => {
      return { action: 'update', subject: { kind: 'thing', id: worldId, name: `Thing ${index}` }, version: 2 }
    })
    for (let round = 0; round < 8; round++) {
      await inTransaction(db, (trx) => recordChanges(trx, operator, worldId, changes))
    }
    const other = await following(client, [worldId], `${worldId}:40001`)
    expect(other.positions).toEqual([])
    await delay(1000)
    // The 40,000 events have some 18 MB as text.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024)
    socket.resume()
    await vi.waitUntil(() => text.includes('event: reset'), { timeout: 20_000 })
    await client.thing.create.mutate({ worldId, name: 'Afterwards' })
    await vi.waitUntil(() => text.includes('Afterwards'), { timeout: 10_000 })
    expect(text.split('event: change').length).toBeLessThan(35_000)
    expect(await follow(client, [worldId], `${worldId}:1`).end()).toBe('syncAnew')
  })
})

import { operator, recordEvent } from '@worldloom/auth'
import { countUse } from '@worldloom/services'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const ada = await person(db)
const theo = await person(db, ['world:read'])

/** Midday, so many days ago, and that day. */
function daysAgo(count: number): { at: Date; day: string } {
  const at = new Date()
  at.setUTCHours(12, 0, 0, 0)
  at.setUTCDate(at.getUTCDate() - count)
  return { at, day: at.toISOString().slice(0, 10) }
}

const of = (series: { days: readonly string[]; lines: readonly { name: string; counts: readonly number[] }[] }) =>
  Object.fromEntries(
    series.lines.map(({ name, counts }) => [
      name,
      Object.fromEntries(series.days.flatMap((day, index) => (counts[index] ? [[day, counts[index]]] : []))),
    ]),
  )

describe('statistics', () => {
  test('are for those who may read the audit log', async () => {
    for (const attempt of [
      () => theo.call.statistics.people(),
      () => theo.call.statistics.use(),
      () => theo.call.statistics.health(),
    ]) {
      expect(await failure(attempt())).toMatchObject({ code: 'FORBIDDEN' })
    }
    expect(await failure(ada.call.statistics.people({ days: 6 }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await failure(ada.call.statistics.people({ days: 367 }))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('have every day up to today, those without anything too', async () => {
    const { people } = await ada.call.statistics.people({ days: 7 })
    expect(people.days).toEqual([6, 5, 4, 3, 2, 1, 0].map((count) => daysAgo(count).day))
    expect(people.lines).toEqual([{ name: 'People', counts: [0, 0, 0, 0, 0, 0, 2] }])
  })

  test('count people from day to day, and sign-ins and failures by what they were', async () => {
    for (const [displayName, count] of [
      ['Long ago', 40],
      ['Lately', 3],
    ] as const) {
      await db
        .insertInto('users')
        .values({ displayName, createdAt: daysAgo(count).at })
        .execute()
    }
    const { people } = await ada.call.statistics.people({ days: 7 })
    expect(people.lines[0]?.counts).toEqual([1, 1, 1, 2, 2, 2, 4])
    for (const [action, outcome, provider, count] of [
      ['signIn', 'success', 'google', 1],
      ['signIn', 'success', 'google', 1],
      ['signIn', 'success', 'password', 2],
      ['signIn', 'failure', 'password', 2],
      ['token.issue', 'failure', undefined, 0],
      ['signIn', 'success', 'password', 20],
    ] as const) {
      await recordEvent(db, operator, { action, outcome, details: provider ? { provider } : {} })
      await sql`alter table audit_events disable trigger audit_events_append_only`.execute(db)
      await sql`update audit_events set at = ${daysAgo(count).at}
        where id = (select id from audit_events order by id desc limit 1)`.execute(db)
      await sql`alter table audit_events enable trigger audit_events_append_only`.execute(db)
    }
    const { signIns, failures } = await ada.call.statistics.people({ days: 7 })
    expect(signIns.lines.map(({ name }) => name)).toEqual(['google', 'password'])
    expect(of(signIns)).toEqual({ google: { [daysAgo(1).day]: 2 }, password: { [daysAgo(2).day]: 1 } })
    expect(of(failures)).toEqual({ signIn: { [daysAgo(2).day]: 1 }, 'token.issue': { [daysAgo(0).day]: 1 } })
  })

  test('say how keys and the chat were used, and what that cost', async () => {
    const { id } = await db
      .insertInto('apiKeys')
      .values({ userId: ada.id, name: 'Nightly', prefix: 'wl_test', keyHash: Buffer.from('x') })
      .returning('id')
      .executeTakeFirstOrThrow()
    const gone = ada.id
    await db
      .insertInto('apiKeyUsage')
      .values([
        { day: daysAgo(1).day, apiKeyId: id, count: '7' },
        { day: daysAgo(0).day, apiKeyId: id, count: '5' },
        { day: daysAgo(0).day, apiKeyId: gone, count: '2' },
        { day: daysAgo(90).day, apiKeyId: id, count: '100' },
      ])
      .execute()
    await db
      .insertInto('chatUsage')
      .values([
        { userId: ada.id, day: daysAgo(0).day, requests: 2, inputTokens: '3000000', outputTokens: '500000' },
        { userId: theo.id, day: daysAgo(0).day, requests: 1, inputTokens: '1000000', outputTokens: '0' },
      ])
      .execute()
    const use = await ada.call.statistics.use({ days: 30 })
    expect(of(use.apiKeys)).toEqual({ Requests: { [daysAgo(1).day]: 7, [daysAgo(0).day]: 7 } })
    expect(use.topKeys).toEqual([
      { name: 'Nightly', owner: 'Somebody', count: 12 },
      { name: 'A deleted key', owner: '', count: 2 },
    ])
    expect(of(use.chatRequests)).toEqual({ Questions: { [daysAgo(0).day]: 3 } })
    expect(of(use.chatTokens)).toMatchObject({ 'Read by the model': { [daysAgo(0).day]: 4_000_000 } })
    // No prices are set here.
    expect(use.chatCost).toBeNull()
    const { chatCost } = await countUse(db, 7, { input: 0.25, output: 2 })
    expect(chatCost && of(chatCost)).toEqual({ 'US dollars': { [daysAgo(0).day]: 2 } })
  })

  test('say how storage, the database and its jobs are', async () => {
    const world = await ada.call.world.create({ name: 'Stored' })
    const image = await ada.call.image.create({ worldId: world.id, name: 'Chart' })
    await db
      .updateTable('images')
      .set({ byteSize: 1234, fileKey: 'a', checksum: 'b' })
      .where('id', '=', image.id)
      .execute()
    const body = Array.from({ length: 4000 }, () => Math.random().toString(36).slice(2)).join(' ')
    let { id, version } = await ada.call.persona.create({ worldId: world.id, name: 'Written', body })
    for (let time = 0; time < 20; time++) {
      ;({ version } = await ada.call.persona.update({ id, version, body: body.slice(time + 1) }))
    }
    const { storage, database, jobs } = await ada.call.statistics.health({ days: 7 })
    expect(storage).toMatchObject({ imageBytes: 1234, imageCount: 1 })
    expect(storage.images.lines[0]?.counts).toEqual([0, 0, 0, 0, 0, 0, 1234])
    expect(storage.databaseBytes).toBeGreaterThan(1_000_000)
    // The partitions of the log are its size, which is one of the largest once something was written.
    expect(storage.tables.filter(({ name }) => name.startsWith('changes'))).toHaveLength(1)
    expect(database.connections).toBeGreaterThan(0)
    expect(database.maxConnections).toBeGreaterThanOrEqual(database.connections)
    expect(database.cacheHits).toBeGreaterThan(0.5)
    expect(jobs).toMatchObject({ failingWebhooks: 0, runningAnswers: 0, waitingDocuments: 0 })
    expect(jobs.deliveries.lines.map(({ name }) => name)).toEqual(['Arrived', 'Failed'])
    await db.updateTable('worlds').set({ language: 'german' }).where('id', '=', world.id).execute()
    expect((await ada.call.statistics.health({ days: 7 })).jobs.waitingDocuments).toBeGreaterThan(0)
  })
})

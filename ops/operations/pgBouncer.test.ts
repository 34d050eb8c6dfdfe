import { createWorldloomClient } from '@worldloom/client'
import { startPgBouncer, startPrimary } from '@worldloom/db/testing'
import { createTestApiKey, startTestWorldloom } from '@worldloom/server/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { hasProgram, versionOf } from '../src/programs.ts'

/** https://www.pgbouncer.org/changelog.html#pgbouncer-121x */
function keepsNamedStatements(): boolean {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(versionOf('pgbouncer')) ?? []
  return Number(major) > 1 || Number(minor) >= 21
}

describe.runIf(hasProgram('pgbouncer'))('behind PgBouncer', async () => {
  const database = await startPrimary()
  const ends: (() => Promise<void>)[] = [database.remove]
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })
  const behind = async (poolMode: string) => {
    const pooler = await startPgBouncer(database.url, { poolMode })
    ends.push(pooler.stop)
    return pooler.url
  }

  /** Two servers behind one in transaction mode: everything works, and what one revokes the other refuses. */
  async function expectTwoServersToWork(namedStatements: 'true' | 'false') {
    const settings = { DATABASE_URL: await behind('transaction'), DATABASE_PREPARED_STATEMENTS: namedStatements }
    const servers = [await startTestWorldloom(settings), await startTestWorldloom(settings)] as const
    for (const server of servers) ends.push(server.close)
    const [one, two] = servers
    const apiKey = await createTestApiKey(one)
    const clients = servers.map(({ url }) => createWorldloomClient({ url, apiKey }))
    const { id } = (await clients[0]?.world.create.mutate({ name: `Pooled ${namedStatements}` })) ?? { id: '' }
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const client = clients[index % 2]
        const made = await client?.story.create.mutate({ worldId: id, name: `Story ${index}` })
        expect((await client?.story.byId.query({ id: made?.id ?? '' }))?.name).toBe(`Story ${index}`)
      }),
    )
    expect(await (await fetch(`${two.url}/readyz`)).json()).toMatchObject({ notifications: 'missing' })
    // What one takes away is gone at the other.
    await database.run('delete from api_keys')
    for (const client of clients) await expect(client.world.list.query({})).rejects.toThrow(/API key/)
  }

  test('in transaction mode two servers do everything, and say that notifications do not arrive', () =>
    expectTwoServersToWork('false'))

  test.runIf(keepsNamedStatements())('from 1.21 on, they do so with named statements too', () =>
    expectTwoServersToWork('true'),
  )

  test('in statement mode no server starts, and it says what to do', async () => {
    const settings = { DATABASE_URL: await behind('statement'), DATABASE_DIRECT_URL: database.url }
    const failure = await startTestWorldloom({ ...settings, DATABASE_PREPARED_STATEMENTS: 'false' }).catch(String)
    expect(failure).toContain('Set pool_mode = transaction')
  })
})

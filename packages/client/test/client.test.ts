import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, expectTypeOf, onTestFinished, test } from 'vitest'
import { createWorldloomClient, idempotent, iterate, type RouterOutputs, readError } from '../src/index.ts'
import { createdOnce } from '../src/links.ts'
import { startWorldloom } from './worldloom.ts'

const { url, apiKey } = await startWorldloom()
const client = createWorldloomClient({ url, apiKey })
const world = await client.world.create.mutate({ name: 'Client' })

describe('iterate', () => {
  test('goes through all pages, each asked for when it is needed', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `Persona ${index}`)
    for (const name of names) await client.persona.create.mutate({ worldId: world.id, name })
    const found: string[] = []
    for await (const persona of iterate(client.persona.list, { worldId: world.id, sort: 'name', limit: 3 })) {
      expectTypeOf(persona).toEqualTypeOf<RouterOutputs['persona']['list']['items'][number]>()
      found.push(persona.name)
    }
    expect(found).toEqual(names)
    const worlds: string[] = []
    for await (const { name } of iterate(client.world.list, { limit: 1 })) worlds.push(name)
    expect(worlds).toEqual(['Client'])
  })

  test('stops where its signal says', async () => {
    const controller = new AbortController()
    const found: string[] = []
    const all = async () => {
      for await (const { name } of iterate(client.persona.list, { worldId: world.id, limit: 1 }, controller)) {
        found.push(name)
        controller.abort()
      }
    }
    await expect(all()).rejects.toThrow(/abort/i)
    expect(found).toHaveLength(1)
  })

  test('takes what the list takes, and nothing else', () => {
    // @ts-expect-error an unknown sort order
    void (() => iterate(client.persona.list, { worldId: world.id, sort: 'colour' }))
    // @ts-expect-error the world is needed
    void (() => iterate(client.persona.list, { limit: 1 }))
  })
})

/** A proxy between the client and Worldloom that fails as told. */
async function between(fail: (request: IncomingMessage, response: ServerResponse, count: number) => boolean) {
  const seen: number[] = []
  const server = createServer(async (request, response) => {
    seen.push(Date.now())
    const body: Buffer[] = []
    for await (const chunk of request) body.push(chunk as Buffer)
    if (fail(request, response, seen.length)) return
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
    const answer = await fetch(`${url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(request.method === 'POST' && { body: Buffer.concat(body) }),
    })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  server.listen(0)
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

describe('retries', () => {
  const refuse =
    (status: number, headers: Record<string, string> = {}) =>
    (response: ServerResponse) =>
      response.writeHead(status, headers).end('{"error":"refused"}')

  test('a creation is tried again when its answer was lost, and nothing is made twice', async () => {
    let keys: unknown[] = []
    const proxy = await between((request, response, count) => {
      keys = [...keys, request.headers['idempotency-key']]
      if (count > 1) return false
      // It arrives, and nobody hears of it.
      void fetch(`${url}${request.url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': apiKey, 'idempotency-key': String(keys[0]) },
        body: JSON.stringify({ worldId: world.id, name: 'Once alone' }),
      }).then(() => response.destroy())
      return true
    })
    const flaky = createWorldloomClient({ url: proxy.url, apiKey })
    const made = await flaky.thing.create.mutate({ worldId: world.id, name: 'Once alone' })
    expect(made.name).toBe('Once alone')
    expect(keys[0]).toMatch(/^\d+(-\d+){3}$/)
    expect(keys).toEqual([keys[0], keys[0]])
    const { items } = await client.thing.list.query({ worldId: world.id })
    expect(items.filter(({ name }) => name === 'Once alone')).toHaveLength(1)
  })

  test('keys go with what the server creates once for a key, and with nothing else', async () => {
    const response = await fetch(`${url}/api/v1/openapi.json`, { headers: { 'x-api-key': apiKey } })
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, Described>> }
    interface Described {
      readonly operationId?: string
      readonly parameters?: readonly { readonly name?: string }[]
    }
    const declared = Object.values(paths)
      .flatMap((operations) => Object.values(operations))
      .flatMap(({ operationId = '', parameters = [] }) =>
        parameters.some(({ name }) => name === 'Idempotency-Key') ? [operationId] : [],
      )
    expect([...createdOnce].map((router) => `${router}Create`).sort()).toEqual(declared.sort())
  })

  test('a read is tried again after 503, as long after as Retry-After says', async () => {
    const proxy = await between((_, response, count) => count < 2 && !!refuse(503, { 'retry-after': '1' })(response))
    const flaky = createWorldloomClient({ url: proxy.url, apiKey })
    expect((await flaky.world.byId.query({ id: world.id })).name).toBe('Client')
    const [first = 0, second = 0] = proxy.seen
    expect(second - first).toBeGreaterThanOrEqual(990)
  })

  test('a read is tried again where the connection was lost, and given up after as often as was said', async () => {
    const proxy = await between((request) => !!request.socket.destroy())
    const flaky = createWorldloomClient({ url: proxy.url, apiKey, retries: 2 })
    const failure = await flaky.world.byId.query({ id: world.id }).catch(readError)
    expect(failure).toMatchObject({ isTemporary: true })
    expect(proxy.seen).toHaveLength(3)
  })

  test('a change is not, unless it has a key: then it is made once', async () => {
    const cut = await between((_, response, count) => count < 2 && !!refuse(503)(response))
    const flaky = createWorldloomClient({ url: cut.url, apiKey })
    const { id, version } = await client.thing.create.mutate({ worldId: world.id, name: 'Bell' })
    await expect(flaky.thing.update.mutate({ id, version, name: 'Low bell' })).rejects.toThrow()
    expect(cut.seen).toHaveLength(1)

    // The first response is lost, although the entry was created.
    let lost = true
    const proxy = await between(() => false)
    const losing = createWorldloomClient({
      url: proxy.url,
      apiKey,
      fetch: async (...request) => {
        const response = await fetch(...request)
        if (!lost) return response
        lost = false
        throw new TypeError('the connection was lost')
      },
    })
    const thing = await losing.thing.create.mutate({ worldId: world.id, name: 'Drum' }, idempotent('drum-1'))
    expect(proxy.seen).toHaveLength(2)
    expect(await client.thing.byName.query({ worldId: world.id, name: 'drum' })).toEqual(thing)
    const other = await client.thing.create
      .mutate({ worldId: world.id, name: 'Gong' }, idempotent('drum-1'))
      .catch(readError)
    expect(other).toMatchObject({ status: 409 })
  })

  test('what will fail again is not; nor is anything after it was aborted', async () => {
    const proxy = await between(() => false)
    const through = createWorldloomClient({ url: proxy.url, apiKey })
    await expect(through.world.byId.query({ id: 'no id' })).rejects.toThrow()
    expect(proxy.seen).toHaveLength(1)
    const down = await between((_, response) => !!refuse(503, { 'retry-after': '20' })(response))
    const waiting = createWorldloomClient({ url: down.url, apiKey })
    const controller = new AbortController()
    const call = waiting.world.list.query(undefined, { signal: controller.signal })
    await expect.poll(() => down.seen.length).toBe(1)
    controller.abort()
    await expect(call).rejects.toThrow(/abort/i)
  })
})

test('tells of changes before they are sent, and of those that were made', async () => {
  const changing: Promise<void>[] = []
  const changed: { path: string; output: unknown }[] = []
  const told = createWorldloomClient({
    url,
    apiKey,
    onChanging: (settled) => changing.push(settled),
    onChanged: ({ path, output }) => changed.push({ path, output }),
  })
  await told.persona.list.query({ worldId: world.id })
  expect(changing).toEqual([])
  const making = told.persona.create.mutate({ worldId: world.id, name: 'Told' })
  expect(changing).toHaveLength(1)
  const made = await making
  await Promise.all(changing)
  expect(changed).toEqual([{ path: 'persona.create', output: made }])
  // One that is refused has been answered as well, and was not made.
  await expect(told.persona.create.mutate({ worldId: world.id, name: '' })).rejects.toThrow()
  await Promise.all(changing)
  expect(changing).toHaveLength(2)
  expect(changed).toHaveLength(1)
})

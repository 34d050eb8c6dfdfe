import { afterAll, expect, test } from 'vitest'
import { calls, type ModelEndpoint, says, startModelEndpoint } from '../src/testing/index.ts'
import { startTestWorldloom } from './worldloom.ts'

const endpoint: ModelEndpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const worldloom = await startTestWorldloom({
  OPENAI_MODEL: 'test-model',
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: endpoint.url,
})
const { client } = await worldloom.signIn('ada')

/** A world in which everything that is only known later says CANARY. */
async function plant() {
  const world = await client.world.create.mutate({ name: 'The Canary Coast' })
  const worldId = world.id
  const story = await client.story.create.mutate({ worldId, name: 'The story' })
  const act = await client.act.create.mutate({ worldId, name: 'Dusk', storyId: story.id })
  const later = await client.act.create.mutate({ worldId, name: 'CANARY act', storyId: story.id })
  const now = await client.scene.create.mutate({
    worldId,
    actId: act.id,
    name: 'The lamp is lit',
    happensOn: '412-01-12',
  })
  const end = await client.scene.create.mutate({
    worldId,
    actId: later.id,
    name: 'CANARY scene',
    happensOn: '412-02-01',
  })
  const told = await client.scene.create.mutate({
    worldId,
    actId: act.id,
    name: 'CANARY dream',
    happensOn: '413',
    afterId: null,
  })
  const keeper = await client.persona.create.mutate({
    worldId,
    name: 'The keeper',
    displayName: 'CANARY king',
    description: 'CANARY description',
    body: 'CANARY body',
    motivations: 'CANARY motive',
    died: 'CANARY death',
    diedOn: '412-02-01',
    spoilers: { displayName: end.id, description: end.id, body: end.id, motivations: end.id },
  })
  const heir = await client.persona.create.mutate({ worldId, name: 'CANARY heir', spoilers: { entry: end.id } })
  const unborn = await client.persona.create.mutate({ worldId, name: 'CANARY child', bornOn: '412-06' })
  const letter = await client.thing.create.mutate({
    worldId,
    name: 'A letter',
    body: `CANARY: [@The keeper](entry:${keeper.id}) is [@heir](entry:${heir.id}).`,
    spoilers: { body: end.id },
  })
  await client.scene.setCast.mutate({ id: now.id, version: 1, personaIds: [keeper.id, heir.id] })
  const kinds = await client.linkKind.list.query({ worldId })
  const loves = kinds.items.find(({ name }) => name === 'loves')?.id ?? ''
  await client.link.create.mutate({ worldId, linkKindId: loves, fromId: keeper.id, toId: heir.id, note: 'CANARY note' })
  await client.link.create.mutate({
    worldId,
    linkKindId: loves,
    fromId: keeper.id,
    toId: unborn.id,
    note: 'CANARY too',
  })
  return { worldId, story, now, end, told, keeper, heir, unborn, letter, later }
}

test('what lies behind a scene never reaches the model', async () => {
  const { worldId, story, now, end, told, keeper, heir, unborn, letter, later } = await plant()
  const conversation = await client.conversation.create.mutate({ worldId, atSceneId: now.id })
  expect(conversation.atScene).toEqual({ id: now.id, displayName: 'The lamp is lit' })
  endpoint.answer(
    calls(
      ['searchWorld', { query: '' }],
      ['searchWorld', { query: 'CANARY' }],
      ['searchWorld', { query: 'canari king' }],
      ['searchWorld', { query: 'keeper letter heir' }],
      ['searchWorld', { query: '', kind: 'scene' }],
    ),
    calls(...[keeper, heir, unborn, letter, now, end, told, later].map(({ id }) => ['readEntity', { id }] as const), [
      'readEntity',
      { kind: 'persona', name: 'CANARY heir' },
    ]),
    calls(
      ...[keeper, heir, letter, now, end].map(({ id }) => ['readConnections', { id }] as const),
      ['storyOutline', { storyId: story.id }],
      ['timeline', {}],
      ['timeline', { of: heir.id }],
      ['timeline', { from: '412-02' }],
    ),
    calls(
      ['checkContinuity', {}],
      ['proposeUpdate', { id: keeper.id, fields: { body: 'x' } }],
      ['proposeCreate', { kind: 'persona', fields: { name: 'heir' } }],
    ),
    says('It is not known yet.'),
  )
  const before = endpoint.requests.length
  for await (const _ of await client.chat.send.mutate({
    conversationId: conversation.id,
    text: 'Who is the keeper?',
  })) {
    // To its end.
  }
  const { messages, proposals } = await client.conversation.byId.query({ id: conversation.id })
  const tools = messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool'))
  expect(tools.length).toBe(26)
  const sent = endpoint.requests.slice(before)
  // What the model itself asked for is in its requests again.
  const results = sent.flatMap((request) => request.messages.filter(({ role }) => role === 'tool'))
  expect(results.length).toBeGreaterThan(25)
  expect(JSON.stringify(results)).not.toMatch(/canary/i)
  expect(sent.map((request) => JSON.stringify(request.messages[0])).join()).not.toMatch(
    /CANARY (act|scene|dream|king|heir|child)/,
  )
  expect(proposals).toEqual([])
  expect(sent[0]?.tools?.map((tool) => tool.function.name).toSorted()).toEqual([
    'readConnections',
    'readEntity',
    'searchWorld',
    'storyOutline',
    'timeline',
  ])
  // It is not empty-handed.
  expect(JSON.stringify(results)).toContain('The keeper')
  expect(tools.filter(({ state }) => state === 'done').length).toBeGreaterThan(12)

  // At the end of the story, it is all known.
  const after = await client.conversation.create.mutate({ worldId, atSceneId: end.id })
  endpoint.answer(calls(['readEntity', { id: keeper.id }], ['readEntity', { id: heir.id }]), says('The king.'))
  for await (const _ of await client.chat.send.mutate({ conversationId: after.id, text: 'Who?' })) {
    // As above.
  }
  expect(JSON.stringify(endpoint.requests.slice(-3))).toContain('CANARY body')
})

test('a conversation is held at a scene of its own world only', async () => {
  const { now } = await plant().catch(async () => ({ now: { id: '00000000-0000-7000-8000-000000000000' } }))
  const other = await client.world.create.mutate({ name: `Other ${Date.now()}` })
  await expect(client.conversation.create.mutate({ worldId: other.id, atSceneId: now.id })).rejects.toThrow(
    'no such scene in this world',
  )
  await expect(client.conversation.create.mutate({ atSceneId: now.id })).rejects.toThrow('Needs the world')
})

import { expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'Once' })

test('sent again with the same key, what is made is made once, also when both come at the same moment', async () => {
  const call = mira.withKey('first-key')
  const input = { worldId, name: 'Only one' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => call.persona.create(input)))
  const texts = answers.map((answer) => JSON.stringify(answer, Object.keys(answer).sort()))
  expect(new Set(texts).size).toBe(1)
  expect(JSON.stringify(await call.persona.create(input), Object.keys(input).sort())).toContain('Only one')
  expect((await mira.call.persona.list({ worldId })).items).toHaveLength(1)
})

test('for something else the key is refused; what failed may be tried again; another’s keys are theirs', async () => {
  const call = mira.withKey('second-key')
  await call.thing.create({ worldId, name: 'Bell' })
  for (const other of [
    () => call.thing.create({ worldId, name: 'Drum' }),
    () => call.story.create({ worldId, name: 'Bell' }),
  ]) {
    expect(await failure(other())).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('idempotency key'),
    })
  }
  const failing = mira.withKey('third-key')
  expect(await failure(failing.thing.create({ worldId, name: 'Bell' }))).toMatchObject({ reason: { kind: 'taken' } })
  await mira.call.thing.update({
    id: (await mira.call.thing.byName({ worldId, name: 'Bell' })).id,
    version: 1,
    name: 'Gong',
  })
  expect(await failing.thing.create({ worldId, name: 'Bell' })).toMatchObject({ name: 'Bell' })
  const theo = await person(db)
  const world = await theo.withKey('second-key').world.create({ name: 'Theo’s' })
  expect(world.ownerId).toBe(theo.id)
})

test('after a day the key is forgotten', async () => {
  const call = mira.withKey('old-key')
  const first = await call.location.create({ worldId, name: 'Here' })
  await db
    .updateTable('idempotencyKeys')
    .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
    .where('key', '=', 'old-key')
    .execute()
  expect((await call.location.create({ worldId, name: 'There' })).id).not.toBe(first.id)
})

test.each(['', 'two words', 'ä', 'x'.repeat(256)])('the key %j is refused', async (key) => {
  const { code, reason } = await failure(mira.withKey(key).world.create({ name: 'x' }))
  expect([code, reason]).toMatchObject(['BAD_REQUEST', { fields: { idempotencyKey: expect.anything() } }])
})

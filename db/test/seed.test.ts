import { generateKeyBetween } from 'fractional-indexing'
import { afterAll, expect, test } from 'vitest'
import { largeTotal, seedDemo, seedLarge } from '../src/seed/index.ts'
import { cloneTestDatabase } from '../src/testing/index.ts'

const { db, drop } = await cloneTestDatabase()
afterAll(() => drop())

test('the large seed makes a million entries, here a thousandth of them, once', async () => {
  expect(largeTotal).toBe(1_000_000)
  expect(await seedLarge(db, undefined, { share: 0.001 })).toBeUndefined()
  await seedDemo(db)
  let told = 0
  const id = await seedLarge(db, (entries) => (told += entries), { share: 0.001 })
  expect(told).toBe(1000)
  expect(await seedLarge(db, undefined, { share: 0.001 })).toBeUndefined()
  const counted = await db
    .selectFrom('entities')
    .select(['kind', ({ fn }) => fn.countAll<string>().as('count')])
    .where('worldId', '=', id ?? '')
    .groupBy('kind')
    .execute()
  expect(Object.fromEntries(counted.map(({ kind, count }) => [kind, Number(count)]))).toEqual({
    persona: 200,
    location: 78,
    thing: 100,
    story: 2,
    act: 20,
    scene: 600,
  })
  const positions = await db
    .selectFrom('scenes')
    .select('position')
    .where('actId', '=', ({ selectFrom }) =>
      selectFrom('acts')
        .select('id')
        .where('worldId', '=', id ?? '')
        .limit(1),
    )
    .orderBy('position')
    .execute()
  expect(positions).toHaveLength(30)
  // An item can be inserted between any two, and at the end.
  for (const [index, { position }] of positions.entries()) {
    expect(() => generateKeyBetween(position, positions[index + 1]?.position ?? null)).not.toThrow()
  }
})

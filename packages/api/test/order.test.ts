import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const world = await mira.call.world.create({ name: 'Order' })
const worldId = world.id

let count = 0
function unique(text: string): string {
  count++
  return `${text} ${count}`
}

async function actsOf(storyId: string): Promise<{ id: string; position: string }[]> {
  const { items } = await mira.call.act.list({ worldId, storyId, limit: 200 })
  return items
}

type Step =
  | { readonly do: 'insert'; readonly story: 0 | 1; readonly after: number | null | undefined }
  | { readonly do: 'move'; readonly item: number; readonly story: 0 | 1; readonly after: number | null | undefined }
  | { readonly do: 'delete'; readonly item: number }

const place = fc.oneof(fc.nat(30), fc.constant(null), fc.constant(undefined))
const story = fc.constantFrom(0 as const, 1 as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('insert' as const), story, after: place }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('move' as const), item: fc.nat(30), story, after: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), item: fc.nat(30) }) },
)

/** The moves of several concurrent clients, each in sequence. */
const clients = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 })

test('whatever several clients insert, move and delete at once: nothing is lost, doubled or left without a place', async () => {
  await fc.assert(
    fc.asyncProperty(clients, async (programs) => {
      const stories = await Promise.all(
        [0, 1].map(async () => (await mira.call.story.create({ worldId, name: unique('Story') })).id),
      )
      const made: string[] = []
      const deleted = new Set<string>()
      for (const storyId of stories) {
        for (let index = 0; index < 3; index++) {
          made.push((await mira.call.act.create({ worldId, storyId, name: unique('Act') })).id)
        }
      }
      const known = [...made]
      const idAt = (index: number | null | undefined) =>
        typeof index === 'number' ? known[index % known.length] : index
      const run = async (current: Step) => {
        if (current.do === 'insert') {
          const storyId = stories[current.story] ?? ''
          const act = await mira.call.act.create({
            worldId,
            storyId,
            name: unique('Act'),
            afterId: idAt(current.after),
          })
          made.push(act.id)
        } else if (current.do === 'move') {
          const id = idAt(current.item) ?? ''
          await mira.call.act.move({ id, storyId: stories[current.story], afterId: idAt(current.after) })
        } else {
          const id = idAt(current.item) ?? ''
          const { version } = await mira.call.act.byId({ id })
          await mira.call.act.delete({ id, version })
          deleted.add(id)
        }
      }
      await Promise.all(
        programs.map(async (program) => {
          for (const current of program) {
            try {
              await run(current)
            } catch (error) {
              // The item or its predecessor may have moved, been deleted or changed, which the error says.
              const code = error instanceof Error && 'code' in error ? error.code : error
              expect(['BAD_REQUEST', 'NOT_FOUND', 'CONFLICT']).toContain(code)
            }
          }
        }),
      )
      const lists = await Promise.all(stories.map(actsOf))
      const present = lists.flat().map(({ id }) => id)
      expect(present.toSorted()).toEqual(made.filter((id) => !deleted.has(id)).toSorted())
      for (const list of lists) {
        const positions = list.map(({ position }) => position)
        expect(new Set(positions).size).toBe(positions.length)
        expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)))
      }
    }),
    { numRuns: 30 },
  )
}, 120_000)

test('one after another, moves and insertions do exactly what a list in memory does', async () => {
  const steps = fc.array(
    fc.record({ insert: fc.boolean(), item: fc.nat(20), after: fc.oneof(fc.nat(20), fc.constant(null)) }),
    { minLength: 1, maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (program) => {
      const { id: storyId } = await mira.call.story.create({ worldId, name: unique('Story') })
      const model: string[] = []
      for (const { insert, item, after } of program) {
        if (insert || model.length < 2) {
          const afterId = after === null || model.length === 0 ? null : (model[after % model.length] ?? null)
          const { id } = await mira.call.act.create({ worldId, storyId, name: unique('Act'), afterId })
          model.splice(afterId === null ? 0 : model.indexOf(afterId) + 1, 0, id)
        } else {
          const id = model[item % model.length] ?? ''
          const afterId = after === null ? null : (model[after % model.length] ?? null)
          if (afterId === id) continue
          await mira.call.act.move({ id, afterId })
          model.splice(model.indexOf(id), 1)
          model.splice(afterId === null ? 0 : model.indexOf(afterId) + 1, 0, id)
        }
      }
      expect((await actsOf(storyId)).map(({ id }) => id)).toEqual(model)
    }),
    { numRuns: 20 },
  )
}, 120_000)

test('where something is put between the same two again and again, all are spaced out anew', async () => {
  const { id: storyId } = await mira.call.story.create({ worldId, name: unique('Story') })
  const first = await mira.call.act.create({ worldId, storyId, name: unique('Act') })
  const last = await mira.call.act.create({ worldId, storyId, name: unique('Act') })
  // As long as after about five hundred moves.
  await db
    .updateTable('acts')
    .set({ position: `a0${'0'.repeat(90)}V` })
    .where('id', '=', last.id)
    .execute()
  const between = await mira.call.act.create({ worldId, storyId, name: unique('Act'), afterId: first.id })
  const acts = await actsOf(storyId)
  expect(acts.map(({ id }) => id)).toEqual([first.id, between.id, last.id])
  expect(Math.max(...acts.map(({ position }) => position.length))).toBeLessThan(10)
})

test('what is in the trash keeps its place', async () => {
  const { id: storyId } = await mira.call.story.create({ worldId, name: unique('Story') })
  const ids = []
  for (let index = 0; index < 3; index++) {
    ids.push((await mira.call.act.create({ worldId, storyId, name: unique('Act') })).id)
  }
  const [first, second, third] = ids
  await mira.call.act.delete({ id: second ?? '', version: 1 })
  const { id: fourth } = await mira.call.act.create({ worldId, storyId, name: unique('Act'), afterId: first })
  await mira.call.act.restore({ id: second ?? '' })
  expect((await actsOf(storyId)).map(({ id }) => id)).toEqual([first, fourth, second, third])
  await mira.call.act.delete({ id: third ?? '', version: 1 })
  const { reason } = await failure(mira.call.act.move({ id: first ?? '', afterId: third }))
  expect(reason).toMatchObject({ fields: { afterId: [expect.stringContaining('may have been moved or deleted')] } })
})

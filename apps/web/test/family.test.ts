import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeFamily } from '../src/features/family/familyTree.ts'

const parent = (parentId: string, childId: string) => ({ parentId, childId })
const placesOf = (placed: ReturnType<typeof placeFamily>) =>
  Object.fromEntries(placed.map(({ id, generation, place }) => [id, [generation, place]]))

test('children are below their parents, and whoever married in beside their partner', () => {
  const placed = placesOf(
    placeFamily(
      ['child', 'mother', 'father', 'grandmother'],
      [parent('mother', 'child'), parent('father', 'child'), parent('grandmother', 'mother')],
    ),
  )
  expect(placed.grandmother?.[0]).toBe(0)
  // The father has no parents that are known, but is of the mother's generation.
  expect([placed.mother?.[0], placed.father?.[0], placed.child?.[0]]).toEqual([1, 1, 2])
  expect(Math.abs((placed.mother?.[1] ?? 0) - (placed.father?.[1] ?? 0))).toBe(1)
  expect(placed.child?.[1]).toBe(((placed.mother?.[1] ?? 0) + (placed.father?.[1] ?? 0)) / 2)
})

test('a circle ends, with everybody placed', () => {
  expect(placeFamily(['a', 'b'], [parent('a', 'b'), parent('b', 'a')])).toHaveLength(2)
})

test('no two people of a generation are in the same place', () => {
  const people = Array.from({ length: 12 }, (_, index) => String(index))
  const pair = fc.tuple(fc.nat(11), fc.nat(11)).filter(([older, younger]) => older < younger)
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 25 }), (pairs) => {
      const placed = placeFamily(
        people,
        pairs.map(([older, younger]) => parent(String(older), String(younger))),
      )
      for (const generation of Map.groupBy(placed, (each) => each.generation).values()) {
        const places = generation.map(({ place }) => place).sort((one, other) => one - other)
        for (const [index, place] of places.entries()) {
          if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(1 - 1e-9)
        }
      }
      const generationOf = new Map(placed.map(({ id, generation }) => [id, generation]))
      for (const [older, younger] of pairs) {
        expect(generationOf.get(String(younger))).toBeGreaterThan(generationOf.get(String(older)) ?? Number.NaN)
      }
    }),
  )
})

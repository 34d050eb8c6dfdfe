import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf } from '../src/features/table/lines.ts'

test('a table without groups has its rows in lines', () => {
  const lines = linesOf(7, [], 3)
  expect(lines.count).toBe(3)
  expect([0, 1, 2, 3].map((index) => lines.at(index))).toEqual([
    { rows: { from: 0, to: 3 } },
    { rows: { from: 3, to: 6 } },
    { rows: { from: 6, to: 7 } },
    undefined,
  ])
  expect(linesOf(0, [], 1)).toMatchObject({ count: 0 })
})

test('each group has a heading, and a folded one nothing else', () => {
  const lines = linesOf(
    6,
    [
      { count: 2, isFolded: false },
      { count: 3, isFolded: true },
      { count: 1, isFolded: false },
    ],
    1,
  )
  expect(Array.from({ length: lines.count }, (_, index) => lines.at(index))).toEqual([
    { group: 0 },
    { rows: { from: 0, to: 1 } },
    { rows: { from: 1, to: 2 } },
    { group: 1 },
    { group: 2 },
    { rows: { from: 5, to: 6 } },
  ])
  expect(lines.lineOf(3)).toBeUndefined()
})

test('every row that is not folded is in one line, in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ count: fc.nat(9), isFolded: fc.boolean() }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      (groups, perLine) => {
        const total = groups.reduce((sum, { count }) => sum + count, 0)
        const lines = linesOf(total, groups, perLine)
        const seen = Array.from({ length: lines.count }, (_, index) => lines.at(index)).flatMap((line, index) => {
          expect(line).toBeDefined()
          const { from = 0, to = 0 } = line?.rows ?? {}
          const rows = Array.from({ length: to - from }, (__, offset) => from + offset)
          for (const row of rows) expect(lines.lineOf(row)).toBe(index)
          return rows
        })
        let start = 0
        const expected = groups.flatMap(({ count, isFolded }) => {
          const rows = isFolded ? [] : Array.from({ length: count }, (_, offset) => start + offset)
          start += count
          return rows
        })
        expect(seen).toEqual(expected)
      },
    ),
  )
})

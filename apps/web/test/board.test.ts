import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reordered } from '../src/features/order/reordered.ts'
import { type BoardAct, type Direction, placeTowards } from '../src/features/outline/board.ts'

const boardOf = (...acts: string[]): BoardAct[] =>
  acts.map((scenes, index) => ({
    id: `act ${index}`,
    displayName: `Act ${index}`,
    scenes: [...scenes].map((id) => ({ id })),
  }))

/** The board after a move, each act as the letters of its scenes. */
function after(acts: readonly BoardAct[], moved: string, direction: Direction): string[] {
  const ids = acts.flatMap(({ scenes }) => scenes.map(({ id }) => id)).filter((id) => moved.includes(id))
  const place = placeTowards(acts, ids, direction)
  return acts.map(({ id, scenes }) => {
    const there = scenes.map((scene) => scene.id)
    if (!place) return there.join('')
    const left = there.filter((each) => !ids.includes(each))
    return (id === place.listId ? reordered(left, ids, place.afterId) : left).join('')
  })
}

test.each([
  ['b', 'up', ['bac', 'de']],
  ['a', 'up', ['abc', 'de']],
  ['d', 'up', ['abcd', 'e']],
  ['b', 'down', ['acb', 'de']],
  ['c', 'down', ['ab', 'cde']],
  ['b', 'right', ['ac', 'dbe']],
  ['e', 'left', ['aebc', 'd']],
  ['e', 'right', ['abc', 'de']],
  ['bc', 'up', ['bca', 'de']],
  ['ac', 'down', ['b', 'acde']],
  ['ab', 'down', ['cab', 'de']],
  ['cd', 'up', ['acdb', 'e']],
] as const)('%s goes %s', (moved, direction, expected) => {
  expect(after(boardOf('abc', 'de'), moved, direction)).toEqual(expected)
})

test('no scene is lost, and those that stay keep their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
      fc.constantFrom<Direction>('up', 'down', 'left', 'right'),
      (sizes, chosen, direction) => {
        let letter = 97
        const acts = boardOf(
          ...sizes.map((size) => String.fromCharCode(...Array.from({ length: size }, () => letter++))),
        )
        const all = acts.flatMap(({ scenes }) => scenes.map(({ id }) => id))
        if (all.length === 0) return
        const moved = [...new Set([...chosen].map((index) => all[index % all.length]))].join('')
        const now = after(acts, moved, direction).join('')
        expect([...now].sort()).toEqual([...all].sort())
        const staying = (text: string) => [...text].filter((id) => !moved.includes(id)).join('')
        expect(staying(now)).toBe(staying(all.join('')))
      },
    ),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitted, lengthOf, middleOf, moved, type Point, toImage, toScreen } from '../src/features/maps/geometry.ts'

const image = { width: 1200, height: 800 }

test('an image is shown whole, in the middle', () => {
  expect(fitted(image, { width: 600, height: 800 })).toEqual({ k: 0.5, x: 0, y: 200 })
  expect(fitted(image, { width: 2400, height: 800 })).toEqual({ k: 1, x: 600, y: 0 })
})

const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const point = fc.tuple(fraction, fraction)

test('a place on the screen is the same place on the image', () => {
  fc.assert(
    fc.property(
      point,
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.integer({ min: -500, max: 500 }),
      (at, k, x) => {
        const view = { k, x, y: -x }
        const [backX, backY] = toImage(toScreen(at, view, image), view, image)
        expect(backX).toBeCloseTo(at[0], 4)
        expect(backY).toBeCloseTo(at[1], 4)
      },
    ),
  )
})

test('lengths are in widths of the image, whatever its shape', () => {
  expect(
    lengthOf(
      [
        [0, 0],
        [1, 0],
      ],
      image,
    ),
  ).toBe(1)
  expect(
    lengthOf(
      [
        [0, 0],
        [0, 1],
      ],
      image,
    ),
  ).toBeCloseTo(2 / 3)
  expect(
    lengthOf(
      [
        [0, 0],
        [0.5, 0],
        [0.5, 0.75],
      ],
      image,
    ),
  ).toBeCloseTo(1)
  expect(lengthOf([[0.3, 0.3]], image)).toBe(0)
})

test('what is moved keeps its shape, and stays on the image', () => {
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 6 }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      (points, by) => {
        const after = moved(points, [by, -by])
        const [first, firstAfter] = [points[0] as Point, after[0] as Point]
        for (const [index, [x, y]] of after.entries()) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(1)
          const before = points[index] as Point
          expect(x - firstAfter[0]).toBeCloseTo(before[0] - first[0], 4)
          expect(y - firstAfter[1]).toBeCloseTo(before[1] - first[1], 4)
        }
      },
    ),
  )
  expect(
    middleOf([
      [0, 0],
      [1, 0],
      [0.5, 0.9],
    ]),
  ).toEqual([0.5, expect.closeTo(0.3)])
})

/** A place on an image, as fractions of it from its upper left. */
export type Point = readonly [x: number, y: number]

export interface Size {
  readonly width: number
  readonly height: number
}

/** How an image lies on the screen: its upper left, and how many pixels of the screen one of its own takes. */
export interface View {
  readonly x: number
  readonly y: number
  readonly k: number
}

export function toScreen([x, y]: Point, view: View, image: Size): Point {
  return [view.x + x * image.width * view.k, view.y + y * image.height * view.k]
}

/** @returns a place on the image; outside of it, the nearest on its edge */
export function toImage([x, y]: Point, view: View, image: Size): [x: number, y: number] {
  const within = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1e5) / 1e5
  return [within((x - view.x) / view.k / image.width), within((y - view.y) / view.k / image.height)]
}

/** An image whole and in the middle of a frame. */
export function fitted(image: Size, frame: Size): View {
  const k = Math.min(frame.width / image.width, frame.height / image.height)
  return { k, x: (frame.width - image.width * k) / 2, y: (frame.height - image.height * k) / 2 }
}

/** The length of a line over an image, in widths of the image. */
export function lengthOf(points: readonly Point[], image: Size): number {
  const ratio = image.height / image.width
  return points.slice(1).reduce((sum, [x, y], index) => {
    const [beforeX, beforeY] = points[index] as Point // the one before
    return sum + Math.hypot(x - beforeX, (y - beforeY) * ratio)
  }, 0)
}

/** The middle of an area: of its corners, which is where people look for its name. */
export function middleOf(points: readonly Point[]): Point {
  const [x, y] = points.reduce<Point>(([sumX, sumY], [nextX, nextY]) => [sumX + nextX, sumY + nextY], [0, 0])
  return [x / points.length, y / points.length]
}

/** The same places, all moved as far. None leaves the image. */
export function moved(points: readonly Point[], [dx, dy]: Point): [x: number, y: number][] {
  const least = (axis: 0 | 1) => Math.min(...points.map((point) => point[axis]))
  const most = (axis: 0 | 1) => Math.max(...points.map((point) => point[axis]))
  const by = (axis: 0 | 1, wanted: number) => Math.min(1 - most(axis), Math.max(-least(axis), wanted))
  const [x, y] = [by(0, dx), by(1, dy)]
  const round = (value: number) => Math.round(value * 1e5) / 1e5
  return points.map((point) => [round(point[0] + x), round(point[1] + y)])
}

/** The picture of a world: a horizon that is made from its id, and so always the same. Drawn by the app, and by the server for link previews. */

export interface Palette {
  readonly sky: readonly [top: string, bottom: string]
  readonly moon: string
  /** From the farthest to the nearest. */
  readonly hills: readonly string[]
}

/** 400 units wide, 200 high. @param seed the id of the world */
export function horizon(seed: string, given: Palette | undefined) {
  const random = randomOf(seed)
  const between = (low: number, high: number) => low + random() * (high - low)
  const palette = given ?? paletteOf(between(0, 360))
  return {
    sky: palette.sky,
    // Near the middle, as narrow pages show no more of it.
    moon: { x: between(150, 290), y: between(36, 80), r: between(12, 24), colour: palette.moon },
    stars: Array.from({ length: 18 }, () => ({ x: between(0, 400), y: between(4, 90), r: between(0.4, 1) })),
    hills: palette.hills.map((colour, layer) => ({
      path: ridge(between, 96 + layer * 24, 30 - layer * 4),
      colour,
    })),
  }
}

function paletteOf(hue: number): Palette {
  const colour = (shift: number, saturation: number, lightness: number) =>
    `hsl(${Math.round(hue + shift)} ${saturation}% ${lightness}%)`
  return {
    sky: [colour(0, 42, 24), colour(-40, 58, 64)],
    moon: colour(-60, 80, 86),
    hills: Array.from({ length: 4 }, (_, layer) => colour(-30 + layer * 14, 38 - layer * 3, 46 - layer * 10)),
  }
}

function ridge(between: (low: number, high: number) => number, height: number, roughness: number): string {
  const points = Array.from({ length: 6 }, (_, index) => ({
    x: index * 80,
    y: height + between(-roughness, roughness),
  }))
  const curve = points
    .slice(1)
    .map(({ x, y }, index) => {
      const before = points[index]
      return `C ${x - 40} ${before?.y.toFixed(1)} ${x - 40} ${y.toFixed(1)} ${x} ${y.toFixed(1)}`
    })
    .join(' ')
  return `M 0 ${points[0]?.y.toFixed(1)} ${curve} L 400 200 L 0 200 Z`
}

/** mulberry32 over an FNV-1a hash of the text: https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
function randomOf(text: string): () => number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The same as SVG for inside of an element of that size. @param id of its gradient, which a page may have once */
export function horizonSvg(seed: string, id = 'sky'): string {
  const { sky, moon, stars, hills } = horizon(seed, undefined)
  const circle = (x: number, y: number, r: number, fill: string, opacity: number) =>
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${fill}" opacity="${opacity}"/>`
  return [
    `<defs><linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky[0]}"/><stop offset="1" stop-color="${sky[1]}"/></linearGradient></defs>`,
    `<rect width="400" height="200" fill="url(#${id})"/>`,
    ...stars.map(({ x, y, r }) => circle(x, y, r, '#fff', 0.65)),
    circle(moon.x, moon.y, moon.r * 1.7, moon.colour, 0.14),
    circle(moon.x, moon.y, moon.r, moon.colour, 1),
    ...hills.map(({ path, colour }) => `<path d="${path}" fill="${colour}"/>`),
  ].join('')
}

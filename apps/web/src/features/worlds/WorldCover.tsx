import { createMemo, createUniqueId, For } from 'solid-js'

interface Palette {
  readonly sky: readonly [top: string, bottom: string]
  readonly moon: string
  /** From the farthest to the nearest. */
  readonly hills: readonly string[]
}

/** The colours of the logo, for pages that are not about a world. */
export const dusk: Palette = {
  sky: ['#1f2a37', '#c9805a'],
  moon: '#f2c98a',
  hills: ['#b4552d', '#8a3f26', '#582c20', '#291b19'],
}

/** A horizon for every world, generated from its id and so always the same. */
export function WorldCover(props: { id: string; class?: string; palette?: Palette; wide?: boolean }) {
  const scene = createMemo(() => horizon(props.id, props.palette))
  const sky = createUniqueId()
  return (
    <svg
      viewBox={props.wide ? '0 20 400 110' : '0 0 400 200'}
      preserveAspectRatio="xMidYMid slice"
      class={props.class}
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={sky} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color={scene().sky[0]} />
          <stop offset="1" stop-color={scene().sky[1]} />
        </linearGradient>
      </defs>
      <rect width="400" height="200" fill={`url(#${sky})`} />
      <For each={scene().stars}>
        {(star) => <circle cx={star.x} cy={star.y} r={star.r} fill="#fff" opacity="0.65" />}
      </For>
      <circle
        cx={scene().moon.x}
        cy={scene().moon.y}
        r={scene().moon.r * 1.7}
        fill={scene().moon.colour}
        opacity="0.14"
      />
      <circle cx={scene().moon.x} cy={scene().moon.y} r={scene().moon.r} fill={scene().moon.colour} />
      <For each={scene().hills}>{(hill) => <path d={hill.path} fill={hill.colour} />}</For>
    </svg>
  )
}

function horizon(seed: string, given: Palette | undefined) {
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

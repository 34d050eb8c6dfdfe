import { horizon, type Palette } from '@worldloom/schema/horizon'
import { createMemo, createUniqueId, For } from 'solid-js'

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

import type { EntityKind } from '@worldloom/schema'
import { kinds } from '../../lib/kinds.ts'

/** The colour of a kind in pictures, from styles.css: light and dark. A kind that has none there is gray. */
export const kindColor = (kind: EntityKind) => `var(--kind-${kind}, var(--soft))`

/** The colours of all kinds. */
export function kindColors(): Record<EntityKind, string> {
  const all = Object.values(kinds).map(({ kind }) => [kind, kindColor(kind)])
  return Object.fromEntries(all) as Record<EntityKind, string> // one for each
}

/** Colours that a canvas or a picture can use: it knows neither variables nor light and dark. */
export function resolveColors<Name extends string>(
  within: HTMLElement,
  wanted: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const probe = document.createElement('span')
  within.append(probe)
  const entries = Object.entries<string>(wanted).map(([name, color]) => {
    probe.style.color = color
    return [name, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return Object.fromEntries(entries) as Record<Name, string> // one for each
}

import type { EntityKind } from '@worldloom/schema'

/** The colour of each kind in pictures, from styles.css: light and dark. */
export const kindColor = (kind: EntityKind) => `var(--kind-${kind})`

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

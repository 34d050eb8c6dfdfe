import { useNavigate } from '@tanstack/solid-router'
import { createMemo, For } from 'solid-js'
import { pagePaths } from '../../pagePaths.ts'
import { PictureTools } from '../../ui/pictureTools.tsx'
import { SaveTools } from '../pictures/SaveTools.tsx'
import { svgOf } from '../pictures/svgOf.ts'
import { useWorld } from '../worlds/worldContext.ts'
import { type Parentage, placeFamily } from './familyTree.ts'
import * as words from './words.ts'

const box = { width: 150, height: 44, gap: 26, rise: 84 } as const

interface Person {
  readonly id: string
  readonly displayName: string
}

/** A family as a tree: the oldest generation on top, a line from the parents of each child to it. */
export default function FamilyPicture(props: {
  people: readonly Person[]
  parentage: readonly Parentage[]
  title: string
}) {
  const world = useWorld()
  const navigate = useNavigate()
  let svg: SVGSVGElement | undefined
  const placed = createMemo(
    () =>
      new Map(
        placeFamily(
          props.people.map(({ id }) => id),
          props.parentage,
        ).map(({ id, generation, place }) => [
          id,
          { x: 20 + place * (box.width + box.gap), y: 20 + generation * (box.height + box.rise) },
        ]),
      ),
  )
  const size = () => ({
    width: Math.max(0, ...[...placed().values()].map(({ x }) => x)) + box.width + 20,
    height: Math.max(0, ...[...placed().values()].map(({ y }) => y)) + box.height + 20,
  })
  /** From between the parents of a child down to it. */
  const lines = createMemo(() => {
    const parents = Map.groupBy(props.parentage, ({ childId }) => childId)
    return [...parents].flatMap(([childId, both]) => {
      const child = placed().get(childId)
      const tops = both.flatMap(({ parentId }) => placed().get(parentId) ?? [])
      if (!child || tops.length === 0) return []
      const bottom = Math.max(...tops.map(({ y }) => y)) + box.height
      const middle = tops.reduce((sum, { x }) => sum + x, 0) / tops.length + box.width / 2
      const bar = bottom + 22
      const to = child.x + box.width / 2
      return [
        [
          ...tops.map(({ x, y }) => `M${x + box.width / 2} ${y + box.height}V${bar}H${middle}`),
          `M${middle} ${bar}V${bar + 20}H${to}V${child.y}`,
        ].join(''),
      ]
    })
  })
  const open = (id: string) =>
    void navigate({ to: pagePaths.entity, params: { worldId: world().id, plural: 'personas', entityId: id } })
  return (
    <div class="rounded-3xl border border-line bg-page shadow-card">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <section class="max-h-[70dvh] overflow-auto rounded-t-3xl" aria-label={props.title} tabIndex={0}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing can be no fieldset */}
        <svg
          ref={(element) => {
            svg = element
          }}
          width={size().width}
          height={size().height}
          font-family="Inter Variable, sans-serif"
          font-size="13"
          role="group"
          aria-label={words.aboutTheDrawing(props.people.length)}
        >
          <For each={lines()}>{(path) => <path d={path} fill="none" stroke="var(--field)" stroke-width="1.5" />}</For>
          <For each={props.people}>
            {(person) => {
              const at = () => placed().get(person.id) ?? { x: 0, y: 0 }
              return (
                // biome-ignore lint/a11y/useSemanticElements: a drawing has links of another kind
                <g
                  class="cursor-pointer outline-offset-2"
                  role="link"
                  tabIndex={0}
                  aria-label={person.displayName}
                  onClick={() => open(person.id)}
                  onKeyDown={(event) => event.key === 'Enter' && open(person.id)}
                >
                  <rect
                    x={at().x}
                    y={at().y}
                    width={box.width}
                    height={box.height}
                    rx="12"
                    fill="var(--card)"
                    stroke="var(--kind-persona)"
                  />
                  <text x={at().x + box.width / 2} y={at().y + 27} text-anchor="middle" fill="var(--ink)">
                    {person.displayName}
                  </text>
                </g>
              )
            }}
          </For>
        </svg>
      </section>
      <div class="flex justify-end border-t border-line px-4 py-2">
        <PictureTools>
          <SaveTools title={props.title} svg={() => svg && svgOf(svg)} />
        </PictureTools>
      </div>
    </div>
  )
}

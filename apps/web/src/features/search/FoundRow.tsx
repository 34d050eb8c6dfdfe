import type { EntityKind } from '@worldloom/schema'
import type { ParentProps } from 'solid-js'
import { kinds } from '../../lib/kinds.ts'
import { Badge } from '../../ui/panel.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'

/** An entry in a list of several kinds, with a few words of it. */
export function FoundRow(props: ParentProps<{ worldId: string; kind: EntityKind; id: string; name: string }>) {
  return (
    <li class="relative py-4">
      <p class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <EntityLink
          worldId={props.worldId}
          kind={props.kind}
          id={props.id}
          name={props.name}
          class="font-display text-lg font-semibold after:absolute after:inset-0 hover:text-accent"
        />
        <Badge>{kinds[props.kind].wording.one}</Badge>
      </p>
      <p class="mt-1 max-w-prose text-sm leading-relaxed text-soft" dir="auto">
        {props.children}
      </p>
    </li>
  )
}

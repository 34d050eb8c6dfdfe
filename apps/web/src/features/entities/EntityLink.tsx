import { Link } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import { kinds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'

/** A link to an entry's page. */
export function EntityLink(props: { worldId: string; kind: EntityKind; id: string; name: string; class?: string }) {
  return (
    <Link
      to={pagePaths.entity}
      params={{ worldId: props.worldId, plural: kinds[props.kind].plural, entityId: props.id }}
      class={props.class ?? 'font-medium underline decoration-line underline-offset-4 hover:decoration-accent'}
    >
      <bdi>{props.name}</bdi>
    </Link>
  )
}

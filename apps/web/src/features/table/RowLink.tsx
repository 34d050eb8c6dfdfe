import { useRouter } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import { kinds } from '../../lib/kinds.ts'

/**
 * A link to an entry in a table. The router's own links each follow where it is, which in some hundreds of cells takes longer
 * than drawing them; the table opens these: {@link useRowLinks}.
 */
export function RowLink(props: { worldId: string; kind: EntityKind; id: string; name: string }) {
  return (
    <a
      href={`/worlds/${props.worldId}/${kinds[props.kind].plural}/${props.id}`}
      data-row-link=""
      class="hover:text-accent hover:underline"
    >
      <bdi>{props.name}</bdi>
    </a>
  )
}

/** Opens the links of a table in the app, unless they are to be opened elsewhere. */
export function useRowLinks(): (event: MouseEvent) => void {
  const router = useRouter()
  return (event) => {
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[data-row-link]')
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0
    if (!link || isElsewhere || event.defaultPrevented) return
    event.preventDefault()
    router.history.push(link.pathname)
  }
}

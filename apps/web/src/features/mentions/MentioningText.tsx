import { useQuery } from '@tanstack/solid-query'
import { useNavigate } from '@tanstack/solid-router'
import { createMemo } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { linkMentions } from './mentionLinks.ts'

/** A Markdown text whose mentions lead to the entries that they name. */
export function MentioningText(props: { text: string; entityId: string; worldId: string }) {
  const navigate = useNavigate()
  const isMentioning = () => props.text.includes('](entry:')
  const mentioned = useQuery(() => ({
    ...trpc.mention.list.queryOptions({ id: props.entityId, side: 'out', limit: 200 }),
    enabled: isMentioning(),
  }))
  const text = createMemo(() => {
    if (!isMentioning()) return props.text
    const entries = (dataOf(mentioned)?.items ?? []).flatMap(({ other }) => (other ? [[other.id, other] as const] : []))
    return linkMentions(props.text, props.worldId, new Map(entries))
  })
  return (
    // Links within the app are followed without loading it anew.
    // biome-ignore lint/a11y/noStaticElementInteractions: the links in it are what is operated
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click
    <div
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest('a') : null
        const path = link?.getAttribute('href')
        if (!path?.startsWith('/worlds/') || event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        void navigate({ href: path })
      }}
    >
      <Markdown text={text()} />
    </div>
  )
}

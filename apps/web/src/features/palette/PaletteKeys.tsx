import { useQuery } from '@tanstack/solid-query'
import { useParams } from '@tanstack/solid-router'
import { createEffect, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { isTyped } from '../../lib/isTyped.ts'
import { kindOfPlural } from '../../lib/kinds.ts'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { openPart, setOpenPart, typeAhead } from './palette.ts'
import { rememberVisit } from './recent.ts'

// Loaded when it is opened.
const CommandPalette = lazy(() => import('./CommandPalette.tsx'))
const ShortcutsDialog = lazyDialog(() => import('./ShortcutsDialog.tsx'))

/** Ctrl-K or Cmd-K opens the command palette, `?` the list of shortcuts. Remembers which pages were opened. */
export default function PaletteKeys() {
  const me = useQuery(() => trpc.me.get.queryOptions())
  const params = useParams({ strict: false })
  createEffect(() => {
    const { worldId, plural, entityId } = params()
    const userId = dataOf(me)?.id
    if (!worldId || !userId) return
    const kind = plural === undefined ? undefined : kindOfPlural(plural)?.kind
    if (kind && entityId) rememberVisit(userId, { worldId, kind, id: entityId })
    else rememberVisit(userId, { worldId, id: worldId })
  })
  createEffect(() => {
    if (openPart() === 'palette') onCleanup(typeAhead())
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      setOpenPart((part) => (part === 'palette' ? undefined : 'palette'))
    } else if (!isCommand && event.key === '?' && !isTyped(event) && openPart() === undefined) {
      event.preventDefault()
      setOpenPart('shortcuts')
    }
  }
  onMount(() => {
    addEventListener('keydown', onKeyDown)
    onCleanup(() => removeEventListener('keydown', onKeyDown))
  })
  return (
    <Suspense>
      <Show when={openPart() === 'palette' && dataOf(me)}>
        {(person) => <CommandPalette me={person()} onClose={() => setOpenPart(undefined)} />}
      </Show>
      <Show when={openPart() === 'shortcuts'}>
        <ShortcutsDialog onClose={() => setOpenPart(undefined)} />
      </Show>
    </Suspense>
  )
}

import { createEffect, on, onCleanup } from 'solid-js'
import { call } from '../../lib/api.ts'
import { currentUserId } from '../session/currentUser.ts'
import { applyChange, applyProposals, refreshEverything } from './applyChanges.ts'
import { place, setOthersHere } from './presence.ts'
import { SharedStream } from './sharedStream.ts'

/** How often the server is told again that this tab is there; it forgets tabs after 45 s. */
const reportMilliseconds = 20_000

let stream: SharedStream | undefined
let shownWorld: string | undefined

function openStream(): SharedStream {
  stream ??= new SharedStream((event) => {
    if ('position' in event && event.position) readFrom(event.position)
    if (event.type === 'change') applyChange(event.change)
    else if (event.type === 'proposals') applyProposals(event)
    else if (event.type === 'reset' || event.type === 'gone') void refreshEverything()
    else if (event.type === 'here' && event.worldId === shownWorld) {
      setOthersHere(event.people.filter(({ userId }) => userId !== currentUserId()))
    }
  })
  return stream
}

/** What is read from now on must not come from a replica of the database that does not have it: every tab sends this cookie. */
function readFrom(position: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing without HTTPS, and writes later.
  document.cookie = `worldloom_position=${position}; path=/; max-age=10; samesite=lax${secure}`
}

/** Keeps what is shown of a world up to date, and tells others that it is open here, for as long as the owner lives. */
export function followWorld(worldId: string): void {
  const live = openStream()
  const clientId = live.tab
  shownWorld = worldId
  setOthersHere([])
  const stop = live.show(worldId)
  const report = async () => {
    if (document.visibilityState === 'hidden') return
    try {
      const { items } = await call.presence.report.mutate({ worldId, clientId, ...place() })
      if (shownWorld === worldId) setOthersHere(items.filter(({ userId }) => userId !== currentUserId()))
    } catch {
      // Said again soon. If the server can't be reached, what the page shows says so.
    }
  }
  // At once when the place changes, but not for fields that the focus only passes.
  createEffect(
    on(place, () => {
      const timer = setTimeout(report, 150)
      onCleanup(() => clearTimeout(timer))
    }),
  )
  const timer = setInterval(report, reportMilliseconds)
  const leave = () => {
    // Outlives the page.
    void fetch(`/api/v1/worlds/${worldId}/presence/${clientId}`, { method: 'DELETE', keepalive: true }).catch(() => {
      // The server forgets it anyway.
    })
  }
  const onVisible = () => void report()
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', onVisible)
  onCleanup(() => {
    stop()
    clearInterval(timer)
    removeEventListener('pagehide', leave)
    document.removeEventListener('visibilitychange', onVisible)
    leave()
  })
}

import CloudOff from 'lucide-solid/icons/cloud-off'
import { createEffect, createSignal, onCleanup, Show } from 'solid-js'
import { sendUnsent } from './sendUnsent.ts'
import * as words from './words.ts'

/** Says that the browser is offline, and sends what was written meanwhile once it is back. */
export default function Connection(props: { userId: string }) {
  const [isOnline, setOnline] = createSignal(navigator.onLine)
  const look = () => setOnline(navigator.onLine)
  addEventListener('online', look)
  addEventListener('offline', look)
  onCleanup(() => {
    removeEventListener('online', look)
    removeEventListener('offline', look)
  })
  createEffect(() => {
    const { userId } = props
    let isWanted = true
    onCleanup(() => {
      isWanted = false
    })
    if (isOnline()) void sendUnsent(userId, () => isWanted)
  })
  return (
    <div role="status">
      <Show when={!isOnline()}>
        <p class="fixed inset-x-0 bottom-0 z-30 flex items-center justify-center gap-2 border-t border-line bg-raised px-4 py-2.5 text-sm shadow-lifted">
          <CloudOff class="size-4 shrink-0 text-accent" aria-hidden="true" />
          {words.youAreOfflineWhatYou}
        </p>
      </Show>
    </div>
  )
}

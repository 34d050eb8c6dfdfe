import { createSignal, Show } from 'solid-js'
import { queryClient, trpc } from '../../lib/api.ts'
import type { Entity } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { keepUnsent, keptUnsent } from './unsent.ts'

/** Says that something was written here that is not saved, and offers to go on with it. */
export default function UnsentNotice(props: { entity: Entity; isEditing: boolean; onContinue: () => void }) {
  const userId = queryClient.getQueryData(trpc.me.get.queryKey())?.id ?? ''
  const [isForgotten, setForgotten] = createSignal(false)
  const isThere = () => !props.isEditing && !isForgotten() && keptUnsent(userId, props.entity.id) !== undefined
  return (
    <Show when={isThere()}>
      <div class="mb-6">
        <Notice
          title="You wrote something here that is not saved yet"
          actions={
            <>
              <Button look="primary" onClick={() => props.onContinue()}>
                Go on with it
              </Button>
              <Button
                look="quiet"
                onClick={() => {
                  keepUnsent(userId, props.entity.id, undefined)
                  setForgotten(true)
                }}
              >
                Discard it
              </Button>
            </>
          }
        >
          <p>It is kept in this browser. Going on saves it, or shows what somebody else wrote meanwhile.</p>
        </Notice>
      </div>
    </Show>
  )
}

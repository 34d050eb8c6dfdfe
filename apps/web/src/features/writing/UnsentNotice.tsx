import { createResource, For, Show } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { currentUserId } from '../session/currentUser.ts'
import { adoptUnsent, forgetUnsent, leftUnsent, type Unsent } from './unsent.ts'
import * as words from './words.ts'

/** Says that something was written here that is not saved, and offers to go on with it. */
export default function UnsentNotice(props: { subjectId: string; isEditing: boolean; onContinue: () => void }) {
  const userId = currentUserId() ?? ''
  const [left, { refetch }] = createResource(
    // Looked at again when editing ends.
    () => (props.isEditing ? undefined : props.subjectId),
    async (id) => (await leftUnsent(userId)).filter((unsent) => unsent.id === id),
  )
  const goOn = (unsent: Unsent) => {
    adoptUnsent(userId, unsent)
    props.onContinue()
  }
  return (
    <Show when={!props.isEditing}>
      <For each={left.latest}>
        {(unsent) => (
          <div class="mb-6">
            <Notice
              title={words.youWroteSomethingHereThat}
              actions={
                <>
                  <Button look="primary" onClick={() => goOn(unsent)}>
                    {words.goOnWithIt}
                  </Button>
                  <Button
                    look="quiet"
                    onClick={() => {
                      forgetUnsent(userId, unsent.id, unsent.tab)
                      void refetch()
                    }}
                  >
                    {words.discardIt}
                  </Button>
                </>
              }
            >
              <p>{words.itIsKeptInThis}</p>
            </Notice>
          </div>
        )}
      </For>
    </Show>
  )
}

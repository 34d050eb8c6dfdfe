import { createSignal } from 'solid-js'
import { call } from '../../lib/api.ts'
import { failureOf, fieldFaults } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import * as common from '../../ui/words.ts'
import type { ConversationSummary } from './conversationSummary.ts'
import { refreshConversations } from './refreshConversations.ts'
import * as words from './words.ts'

export default function RenameDialog(props: { conversation: ConversationSummary; onClose: () => void }) {
  const [title, setTitle] = createSignal(props.conversation.title)
  const [fault, setFault] = createSignal<string>()
  const save = async () => {
    try {
      await call.conversation.rename.mutate({ id: props.conversation.id, title: title() })
      await refreshConversations()
      props.onClose()
    } catch (error) {
      const failure = failureOf(error)
      setFault(fieldFaults(failure).title ?? failure.message)
    }
  }
  return (
    <Dialog open onClose={props.onClose} title={words.renameTheConversation}>
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label={words.title}
          name="title"
          value={title()}
          onChange={setTitle}
          fault={fault()}
          required
          autofocus
        />
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit">
            {words.rename}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

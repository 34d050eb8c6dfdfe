import { Show } from 'solid-js'
import { call, type Finding, queryClient, trpc } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { showChanged } from '../undo/showChanged.ts'

/** Dismisses a contradiction, with the reason why it is none. */
export default function DismissDialog(props: { finding: Finding; worldId: string; onClose: () => void }) {
  const form = createForm({ reason: '' }, async ({ reason }) => {
    await call.continuity.dismiss.mutate({ worldId: props.worldId, key: props.finding.key, reason })
    await queryClient.invalidateQueries(trpc.continuity.pathFilter())
    props.onClose()
    showChanged('Dismissed.')
  })
  return (
    <Dialog open onClose={props.onClose} title="Dismiss this contradiction" description={props.finding.message}>
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field
          label="Why it is none"
          hint="For those who wonder later: it is a dream, the teller lies, …"
          rows={3}
          autofocus
          {...form.field('reason')}
        />
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            Dismiss
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

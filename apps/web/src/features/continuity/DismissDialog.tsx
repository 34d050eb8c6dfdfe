import { Show } from 'solid-js'
import { call, type Finding, queryClient, trpc } from '../../lib/api.ts'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

/** Dismisses a contradiction, with the reason why it is none. */
export default function DismissDialog(props: { finding: Finding; worldId: string; onClose: () => void }) {
  const form = createForm({ reason: '' }, async ({ reason }) => {
    await call.continuity.dismiss.mutate({ worldId: props.worldId, key: props.finding.key, reason })
    await queryClient.invalidateQueries(trpc.continuity.pathFilter())
    props.onClose()
    showChanged(words.isDismissed)
  })
  return (
    <Dialog open onClose={props.onClose} title={words.dismissThisContradiction} description={props.finding.message}>
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field
          label={words.whyItIsNone}
          hint={words.forThoseWhoWonderLater}
          rows={3}
          autofocus
          {...form.field('reason')}
        />
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {common.dismiss}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

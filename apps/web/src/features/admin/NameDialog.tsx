import { Show } from 'solid-js'
import { createForm } from '../../lib/form.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'

/** Asks for the name and description of a role or permission. */
export default function NameDialog(props: {
  title: string
  hint: string
  onClose: () => void
  onSave: (values: { name: string; description: string }) => Promise<unknown>
}) {
  const form = createForm({ name: '', description: '' }, async (values) => {
    await props.onSave(values)
    props.onClose()
  })
  return (
    <Dialog open onClose={props.onClose} dismissible={!form.isPending()} title={props.title}>
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field {...form.field('name')} label={common.name} hint={props.hint} required autofocus />
        <Field {...form.field('description')} label={common.description} />
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={form.isPending()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

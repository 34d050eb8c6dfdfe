import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copyField.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'

/** The only time that a key is shown. */
export default function KeyShown(props: { name: string; value: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={false}
      title={`The key “${props.name}”`}
      description="Save it now, somewhere safe. It is shown only once."
    >
      <div class="grid gap-5">
        <CopyField label="API key" value={props.value} />
        <p class="text-sm leading-relaxed text-soft">
          Programs send it as <code class="font-mono text-ink">X-API-Key</code> or as{' '}
          <code class="font-mono text-ink">Authorization: Bearer</code>.
        </p>
        <div class={dialogActions}>
          <Button onClick={props.onClose}>I have saved it</Button>
        </div>
      </div>
    </Dialog>
  )
}

import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copyField.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'

/** The only time that a webhook's secret is shown. */
export default function SecretShown(props: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={false}
      title="The webhook’s secret"
      description="Save it now, somewhere safe. It is shown only once."
    >
      <div class="grid gap-5">
        <CopyField label="Secret" value={props.secret} />
        <p class="text-sm leading-relaxed text-soft">
          Everything that is sent is signed with it, as{' '}
          <a class="text-accent underline underline-offset-4" href="https://www.standardwebhooks.com" rel="noopener">
            Standard Webhooks
          </a>{' '}
          say: there are libraries that check the signature for most languages.
        </p>
        <div class={dialogActions}>
          <Button onClick={props.onClose}>I have saved it</Button>
        </div>
      </div>
    </Dialog>
  )
}

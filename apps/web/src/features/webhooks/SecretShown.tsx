import { ShownOnce } from '../../ui/shownOnce.tsx'

/** The only time that a webhook's secret is shown. */
export default function SecretShown(props: { secret: string; onClose: () => void }) {
  return (
    <ShownOnce title="The webhook’s secret" label="Secret" value={props.secret} onClose={props.onClose}>
      Everything that is sent is signed with it, as{' '}
      <a class="text-accent underline underline-offset-4" href="https://www.standardwebhooks.com" rel="noopener">
        Standard Webhooks
      </a>{' '}
      describe: there are libraries that check the signature for most languages.
    </ShownOnce>
  )
}

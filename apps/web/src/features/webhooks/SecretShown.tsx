import { ShownOnce } from '../../ui/shownOnce.tsx'
import * as words from './words.ts'

/** The only time that a webhook's secret is shown. */
export default function SecretShown(props: { secret: string; onClose: () => void }) {
  return (
    <ShownOnce title={words.theWebhooksSecret} label={words.secret} value={props.secret} onClose={props.onClose}>
      {words.secretHint(
        <a class="text-accent underline underline-offset-4" href="https://www.standardwebhooks.com" rel="noopener">
          {words.standardWebhooks}
        </a>,
      )}
    </ShownOnce>
  )
}

import { ShownOnce } from '../../ui/shownOnce.tsx'
import * as words from './words.ts'

/** The only time that a key is shown. */
export default function KeyShown(props: { name: string; value: string; onClose: () => void }) {
  return (
    <ShownOnce title={words.namedKey(props.name)} label={words.apiKey} value={props.value} onClose={props.onClose}>
      {words.sentAs(
        <code class="font-mono text-ink">{words.xApiKey}</code>,
        <code class="font-mono text-ink">{words.authorizationBearer}</code>,
      )}
    </ShownOnce>
  )
}

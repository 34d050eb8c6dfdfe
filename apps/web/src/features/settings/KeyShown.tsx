import { ShownOnce } from '../../ui/shownOnce.tsx'

/** The only time that a key is shown. */
export default function KeyShown(props: { name: string; value: string; onClose: () => void }) {
  return (
    <ShownOnce title={`The key “${props.name}”`} label="API key" value={props.value} onClose={props.onClose}>
      Programs send it as <code class="font-mono text-ink">X-API-Key</code> or as{' '}
      <code class="font-mono text-ink">Authorization: Bearer</code>.
    </ShownOnce>
  )
}

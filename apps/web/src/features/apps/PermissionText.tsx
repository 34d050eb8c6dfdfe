import { permissionSentences } from './words.ts'

/** What a permission means; one of another service is shown as it is called. */
export function PermissionText(props: { name: string }) {
  return <>{permissionSentences[props.name] ?? <code class="font-mono">{props.name}</code>}</>
}

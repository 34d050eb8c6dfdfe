import type { JSX } from 'solid-js'
import { Button } from './button.tsx'
import { CopyField } from './copyField.tsx'
import { dialogActions } from './dialog.tsx'
import * as words from './words.ts'

/** A link that was just made, in its dialog: the only time that it is shown. */
export function MadeLink(props: { link: string; children: JSX.Element; onClose: () => void }) {
  return (
    <div class="grid gap-5">
      <p>{props.children}</p>
      <CopyField label={words.link} value={props.link} />
      <div class={dialogActions}>
        <Button look="primary" onClick={props.onClose}>
          {words.done}
        </Button>
      </div>
    </div>
  )
}

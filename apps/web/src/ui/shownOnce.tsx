import type { JSX } from 'solid-js'
import { Button } from './button.tsx'
import { CopyField } from './copyField.tsx'
import { Dialog, dialogActions } from './dialog.tsx'
import * as words from './words.ts'

/** The only time that a secret is shown. */
export function ShownOnce(props: {
  title: string
  label: string
  value: string
  /** What it is for. */
  children: JSX.Element
  onClose: () => void
}) {
  return (
    <Dialog open onClose={props.onClose} dismissible={false} title={props.title} description={words.shownOnceHint}>
      <div class="grid gap-5">
        <CopyField label={props.label} value={props.value} />
        <p class="text-sm leading-relaxed text-soft">{props.children}</p>
        <div class={dialogActions}>
          <Button onClick={props.onClose}>{words.isSaved}</Button>
        </div>
      </div>
    </Dialog>
  )
}

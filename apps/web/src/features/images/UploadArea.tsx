import { Show } from 'solid-js'
import type { createUpload } from './createUpload.ts'
import { DropArea } from './DropArea.tsx'
import { UploadProgress } from './UploadProgress.tsx'

/** Takes one file, and shows how far its upload is. */
export function UploadArea(props: {
  upload: Pick<ReturnType<typeof createUpload>, 'sending'>
  label: string
  hint: string
  /** As for a `DropArea`. */
  accept?: string
  onFile: (file: File | undefined) => void
}) {
  return (
    <Show
      when={props.upload.sending()}
      fallback={
        <DropArea
          label={props.label}
          hint={props.hint}
          {...(props.accept !== undefined && { accept: props.accept })}
          onFiles={([file]) => props.onFile(file)}
        />
      }
    >
      {(sent) => (
        <ul>
          <UploadProgress name={sent().name} share={sent().share} state="sending" />
        </ul>
      )}
    </Show>
  )
}

import { imageTypes } from '@worldloom/schema/entity/imageTypes'
import ImageUp from 'lucide-solid/icons/image-up'
import { createSignal } from 'solid-js'

/** Accepts dropped or chosen files. The server checks their content. */
export function DropArea(props: {
  label: string
  hint: string
  multiple?: boolean
  /** What can be chosen, as in an `accept` attribute; images, if omitted. */
  accept?: string
  onFiles: (files: File[]) => void
}) {
  const [over, setOver] = createSignal(false)
  const take = (files: FileList | null | undefined) => {
    const chosen = [...(files ?? [])]
    if (chosen.length > 0) props.onFiles(props.multiple ? chosen : chosen.slice(0, 1))
  }
  return (
    <label
      class="flex flex-col items-center gap-2 rounded-2xl border-2 border-dashed border-field bg-card px-6 py-10 text-center has-focus-visible:outline-3 has-focus-visible:outline-accent"
      classList={{ 'border-accent bg-accent-wash': over() }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <ImageUp class="size-10 text-accent" stroke-width={1.25} aria-hidden="true" />
      <span class="font-medium">{props.label}</span>
      <span class="text-sm text-soft">{props.hint}</span>
      <input
        type="file"
        class="sr-only"
        accept={props.accept ?? imageTypes.join(',')}
        multiple={props.multiple === true}
        onChange={(event) => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}

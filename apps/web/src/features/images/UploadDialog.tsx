import { maxImageBytes } from '@worldloom/schema/entity/imageTypes'
import { createSignal, For, onCleanup, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import * as common from '../../ui/words.ts'
import { DropArea } from './DropArea.tsx'
import { fileSize } from './imageUrl.ts'
import { UploadProgress } from './UploadProgress.tsx'
import { refusalOf, uploadImage } from './upload.ts'
import * as words from './words.ts'

interface Sent {
  readonly name: string
  readonly share: number
  readonly state: 'waiting' | 'sending' | 'done' | 'refused'
  readonly refusal?: string
}

/** Uploads images one after the other, and shows the progress and any error of each. */
export default function UploadDialog(props: { worldId: string; onClose: () => void }) {
  const [uploads, setUploads] = createStore<Sent[]>([])
  const [isSending, setSending] = createSignal(false)
  const aborting = new AbortController()
  onCleanup(() => aborting.abort())

  const send = async (files: File[]) => {
    const first = uploads.length
    setUploads([...uploads, ...files.map(({ name }): Sent => ({ name, share: 0, state: 'waiting' }))])
    setSending(true)
    for (const [index, file] of files.entries()) {
      const position = first + index
      setUploads(position, { state: 'sending' })
      try {
        await uploadImage(props.worldId, file, {
          onProgress: (share) => setUploads(position, { share }),
          signal: aborting.signal,
        })
        setUploads(position, { state: 'done', share: 1 })
      } catch (error) {
        if (aborting.signal.aborted) return
        setUploads(position, { state: 'refused', refusal: refusalOf(error) })
      }
    }
    setSending(false)
    void refreshWorlds()
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isSending()}
      title={words.uploadImages}
      description={words.locationTimeAndCameraData}
    >
      <div class="grid gap-5">
        <DropArea
          multiple
          label={words.dropImagesHereOrChoose}
          hint={words.acceptedFiles(fileSize(maxImageBytes))}
          onFiles={(files) => void send(files)}
        />
        <Show when={uploads.length > 0}>
          <ul class="grid gap-3">
            <For each={uploads}>{(sent) => <UploadProgress {...sent} />}</For>
          </ul>
        </Show>
        <div class={dialogActions}>
          <Button look={uploads.length > 0 && !isSending() ? 'primary' : 'quiet'} onClick={props.onClose}>
            {isSending() ? common.cancel : uploads.length > 0 ? common.done : common.close}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

import { useNavigate } from '@tanstack/solid-router'
import { createSignal, onCleanup, Show } from 'solid-js'
import { failureOf, fieldFaults } from '../../lib/failure.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.ts'
import { DropArea } from '../images/DropArea.tsx'
import { UploadProgress } from '../images/UploadProgress.tsx'
import { upload } from '../images/upload.ts'

/** Makes a world of a file that was exported: all of it, or nothing. */
export default function ImportDialog(props: { onClose: () => void }) {
  const navigate = useNavigate()
  const [name, setName] = createSignal('')
  const [sending, setSending] = createSignal<{ readonly name: string; readonly share: number }>()
  const [refusal, setRefusal] = createSignal<string>()
  const aborting = new AbortController()
  onCleanup(() => aborting.abort())
  const send = async (file: File | undefined) => {
    if (!file || sending()) return
    setRefusal(undefined)
    setSending({ name: file.name, share: 0 })
    try {
      const made = (await upload({
        method: 'POST',
        path: `/api/v1/worlds/import${name().trim() ? `?name=${encodeURIComponent(name().trim())}` : ''}`,
        mediaType: 'application/zip',
        file,
        onProgress: (share) => setSending({ name: file.name, share }),
        signal: aborting.signal,
      })) as { id: string; name: string; entities: number } // as the API document says
      props.onClose()
      void refreshWorlds()
      showToast(`“${made.name}” is there.`)
      void navigate({ to: pagePaths.world, params: { worldId: made.id } })
    } catch (error) {
      if (aborting.signal.aborted) return
      const failure = failureOf(error)
      setRefusal(fieldFaults(failure).archive ?? failure.message)
    }
    setSending(undefined)
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!sending()}
      title="Import a world"
      description="A file that was exported from Worldloom, here or elsewhere. It becomes a world of its own, and is yours."
    >
      <div class="grid gap-5">
        <Field
          label="Name"
          name="name"
          value={name()}
          onChange={setName}
          hint="As in the file, if you give none. You can have only one world of a name."
        />
        <Show
          when={sending()}
          fallback={
            <DropArea
              accept=".worldloom,.zip"
              label="Drop the file here, or choose it"
              hint="It ends in .worldloom"
              onFiles={([file]) => void send(file)}
            />
          }
        >
          {(sent) => (
            <ul>
              <UploadProgress name={sent().name} share={sent().share} state="sending" />
            </ul>
          )}
        </Show>
        <Show when={refusal()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

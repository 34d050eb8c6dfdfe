import { useNavigate } from '@tanstack/solid-router'
import { createSignal, Show } from 'solid-js'
import { failureOf, fieldFaults } from '../../lib/failure.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.ts'
import { createUpload } from '../images/createUpload.ts'
import { UploadArea } from '../images/UploadArea.tsx'
import { upload } from '../images/upload.ts'

/** Makes a world of a file that was exported: all of it, or nothing. */
export default function ImportDialog(props: { onClose: () => void }) {
  const navigate = useNavigate()
  const [name, setName] = createSignal('')
  const archive = createUpload((error) => {
    const failure = failureOf(error)
    return fieldFaults(failure).archive ?? failure.message
  })
  const send = (given: File | undefined) =>
    archive.send(given, async (file, options) => {
      const made = (await upload({
        ...options,
        method: 'POST',
        path: `/api/v1/worlds/import${name().trim() ? `?name=${encodeURIComponent(name().trim())}` : ''}`,
        mediaType: 'application/zip',
        file,
      })) as { id: string; name: string; entities: number } // as the API document says
      props.onClose()
      void refreshWorlds()
      showToast(`“${made.name}” is there.`)
      void navigate({ to: pagePaths.world, params: { worldId: made.id } })
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!archive.sending()}
      title="Import a world"
      description="A file that was exported from Worldloom, a zip of Markdown files as of an Obsidian vault, or a campaign that Kanka exported. It becomes a world of its own, and is yours."
    >
      <div class="grid gap-5">
        <Field
          label="Name"
          name="name"
          value={name()}
          onChange={setName}
          hint="As in the file, if you give none. You can have only one world of a name."
        />
        <UploadArea
          upload={archive}
          accept=".worldloom,.zip"
          label="Drop the file here, or choose it"
          hint="It ends in .worldloom or .zip. Notes become entries of the kind that their folder says: characters, places, items, stories …"
          onFile={(file) => void send(file)}
        />
        <Show when={archive.refusal()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

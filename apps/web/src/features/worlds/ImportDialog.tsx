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
import * as common from '../../ui/words.ts'
import { createUpload } from '../images/createUpload.ts'
import { UploadArea } from '../images/UploadArea.tsx'
import { upload } from '../images/upload.ts'
import * as words from './words.ts'

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
      showToast(words.isImported(made.name))
      void navigate({ to: pagePaths.world, params: { worldId: made.id } })
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!archive.sending()}
      title={words.importAWorld}
      description={words.aFileThatWasExported}
    >
      <div class="grid gap-5">
        <Field label={common.name} name="name" value={name()} onChange={setName} hint={words.asInTheFileIf} />
        <UploadArea
          upload={archive}
          accept=".worldloom,.zip"
          label={words.dropTheFileHereOr}
          hint={words.itEndsInWorldloomOr}
          onFile={(file) => void send(file)}
        />
        <Show when={archive.refusal()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose}>
            {common.cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

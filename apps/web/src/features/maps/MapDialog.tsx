import { createSignal, Show } from 'solid-js'
import { call, type RouterOutputs } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { createUpload } from '../images/createUpload.ts'
import { imageFile } from '../images/imageUrl.ts'
import { UploadArea } from '../images/UploadArea.tsx'
import { uploadImage } from '../images/upload.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import { showChanged } from '../undo/showChanged.ts'

type WorldMap = RouterOutputs['map']['list']['items'][number]

/** Makes a map of an image, or changes one. */
export default function MapDialog(props: {
  worldId: string
  /** Undefined for a new one. */
  map?: WorldMap
  onClose: () => void
  onSaved: (id: string) => void
  onDelete?: () => void
}) {
  const { map } = props
  const [name, setName] = createSignal(map?.name ?? '')
  const [imageId, setImageId] = createSignal(map?.imageId ?? null)
  const [locationId, setLocationId] = createSignal(map?.locationId ?? null)
  const [across, setAcross] = createSignal(map?.unitsAcross ? String(map.unitsAcross) : '')
  const [unit, setUnit] = createSignal(map?.unit ?? '')
  const upload = createUpload()
  const { attempt, isBusy, failure } = createAttempts()
  const width = () => (across().trim() ? Number(across().replace(',', '.')) : null)
  const isNumber = () => {
    const given = width()
    return given === null || (Number.isFinite(given) && given > 0)
  }
  const send = (given: File | undefined) =>
    upload.send(given, async (file, options) => {
      setImageId((await uploadImage(props.worldId, file, options)).id)
      if (!name()) setName(file.name.replace(/\.\w+$/, ''))
    })
  const save = () =>
    attempt(async () => {
      const chosen = imageId()
      if (!chosen) return
      const values = {
        ...{ name: name(), imageId: chosen, locationId: locationId(), unitsAcross: width(), unit: unit() },
      }
      const saved = map
        ? await call.map.update.mutate({ id: map.id, version: map.version, ...values })
        : await call.map.create.mutate({ worldId: props.worldId, ...values })
      await refreshWorlds()
      props.onSaved(saved.id)
      showChanged(map ? 'Saved.' : `“${saved.name}” is there.`)
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy() && !upload.sending()}
      title={map ? 'Edit the map' : 'New map'}
      description={map ? undefined : 'Any image of your world can be a map: drawn, painted or scanned.'}
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label="Name" name="name" value={name()} onChange={setName} autofocus required />
        <Show
          when={imageId()}
          fallback={
            <div class="grid gap-3">
              <EntityPicker
                worldId={props.worldId}
                kinds={['image']}
                label="Image"
                value={null}
                onChange={setImageId}
                required
              />
              <UploadArea
                upload={upload}
                label="Or upload one"
                hint="Drop it here, or choose it"
                onFile={(file) => void send(file)}
              />
            </div>
          }
        >
          {(id) => (
            <div class="flex items-center gap-4">
              <img
                src={imageFile(id(), 'thumb')}
                alt="What the map is drawn on"
                class="aspect-3/2 w-40 rounded-xl border border-line bg-sunk object-cover"
              />
              <Button onClick={() => setImageId(null)}>Choose another image</Button>
            </div>
          )}
        </Show>
        <EntityPicker
          worldId={props.worldId}
          kinds={['location']}
          label="Map of"
          value={locationId()}
          onChange={setLocationId}
          hint="Where this location is marked on another map, one can go on to this one."
        />
        <div class="grid gap-4 sm:grid-cols-2">
          <Field
            label="Width of the image"
            name="unitsAcross"
            value={across()}
            onChange={setAcross}
            fault={isNumber() ? undefined : 'Must be a number over 0'}
            hint="For distances. You can also measure something that you know."
          />
          <Field label="Unit" name="unit" value={unit()} onChange={setUnit} hint="Miles, days on horseback …" />
        </div>
        <Show when={upload.refusal() ?? failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={props.onDelete}>
            {(remove) => (
              <Button look="danger" class="mr-auto" disabled={isBusy()} onClick={() => remove()()}>
                Delete map
              </Button>
            )}
          </Show>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={isBusy() || !name().trim() || !imageId() || !isNumber()}>
            {map ? 'Save' : 'Create map'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

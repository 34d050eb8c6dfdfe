import { createSignal, Show } from 'solid-js'
import { call, type RouterOutputs } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { createUpload } from '../images/createUpload.ts'
import { imageFile } from '../images/imageUrl.ts'
import { UploadArea } from '../images/UploadArea.tsx'
import { uploadImage } from '../images/upload.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

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
      showChanged(map ? common.saved : words.isThere(saved.name))
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy() && !upload.sending()}
      title={map ? words.editTheMap : words.newMap}
      description={map ? undefined : words.anyImageOfYourWorld}
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={common.name} name="name" value={name()} onChange={setName} autofocus required />
        <Show
          when={imageId()}
          fallback={
            <div class="grid gap-3">
              <EntityPicker
                worldId={props.worldId}
                kinds={['image']}
                label={words.image}
                value={null}
                onChange={setImageId}
                required
              />
              <UploadArea
                upload={upload}
                label={words.orUploadOne}
                hint={words.dropItHereOrChoose}
                onFile={(file) => void send(file)}
              />
            </div>
          }
        >
          {(id) => (
            <div class="flex items-center gap-4">
              <img
                src={imageFile(id(), 'thumb')}
                alt={words.whatTheMapIsDrawn}
                class="aspect-3/2 w-40 rounded-xl border border-line bg-sunk object-cover"
              />
              <Button onClick={() => setImageId(null)}>{words.chooseAnotherImage}</Button>
            </div>
          )}
        </Show>
        <EntityPicker
          worldId={props.worldId}
          kinds={['location']}
          label={words.mapOf}
          value={locationId()}
          onChange={setLocationId}
          hint={words.whereThisLocationIsMarked}
        />
        <div class="grid gap-4 sm:grid-cols-2">
          <Field
            label={words.widthOfTheImage}
            name="unitsAcross"
            value={across()}
            onChange={setAcross}
            fault={isNumber() ? undefined : words.mustBeANumberOver}
            hint={words.forDistancesYouCanAlso}
          />
          <Field label={words.unit} name="unit" value={unit()} onChange={setUnit} hint={words.milesDaysOnHorseback} />
        </div>
        <Show when={upload.refusal() ?? failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={props.onDelete}>
            {(remove) => (
              <Button look="danger" class="mr-auto" disabled={isBusy()} onClick={() => remove()()}>
                {words.deleteMap}
              </Button>
            )}
          </Show>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy() || !name().trim() || !imageId() || !isNumber()}>
            {map ? common.save : words.createMap}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

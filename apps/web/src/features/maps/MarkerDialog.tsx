import { createSignal, For, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import { tagColorNames, tagDots } from '../tags/tagLook.ts'
import { showChanged } from '../undo/showChanged.ts'
import type { Marker, WholeMap } from './markerName.ts'
import * as words from './words.ts'

type Color = Marker['color']

/** Says what a marker marks, and how it looks. */
export default function MarkerDialog(props: {
  map: WholeMap
  /** The marker to edit, or where a new one is put. */
  marker: Marker | { readonly shape: 'pin' | 'area'; readonly points: [x: number, y: number][] }
  onClose: () => void
  onSaved: (id: string) => void
}) {
  const known = 'id' in props.marker ? props.marker : undefined
  const [entityId, setEntityId] = createSignal(known?.entityId ?? null)
  const [label, setLabel] = createSignal(known?.label ?? '')
  const [color, setColor] = createSignal<Color>(known?.color ?? 'red')
  const [layer, setLayer] = createSignal(String(known?.layerId ?? ''))
  const { attempt, isBusy, failure } = createAttempts()
  const save = () =>
    attempt(async () => {
      const { shape, points } = props.marker
      const values = { entityId: entityId(), label: label(), color: color(), layerId: layer() ? Number(layer()) : null }
      const saved = known
        ? await call.marker.update.mutate({ id: known.id, version: known.version, ...values })
        : await call.marker.create.mutate({ mapId: props.map.id, shape, points, ...values })
      await refreshWorlds()
      props.onSaved(saved.id)
      showChanged(known ? common.saved : words.itIsOnTheMap)
    })
  const isPin = () => props.marker.shape === 'pin'
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={known ? (isPin() ? words.editThePin : words.editTheArea) : isPin() ? words.newPin : words.newArea}
      description={words.chooseTheEntryThatIt}
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <EntityPicker
          worldId={props.map.worldId}
          kinds={[]}
          label={words.entry}
          value={entityId()}
          onChange={setEntityId}
        />
        <Field
          label={words.label}
          name="label"
          value={label()}
          onChange={setLabel}
          hint={entityId() ? words.shownInsteadOfTheName : undefined}
        />
        <fieldset>
          <legend class="text-sm font-medium">{common.color}</legend>
          <div class="mt-2 flex flex-wrap gap-2">
            <For each={Object.entries(tagColorNames) as [Color, string][] /* whose keys they are */}>
              {([key, name]) => (
                <label class="relative grid size-10 cursor-pointer place-items-center rounded-full border-2 border-transparent has-checked:border-ink has-focus-visible:outline-3 has-focus-visible:outline-accent">
                  <input
                    type="radio"
                    name="color"
                    class="sr-only"
                    aria-label={name}
                    checked={color() === key}
                    onChange={() => setColor(key)}
                  />
                  <span class={`size-6 rounded-full ${tagDots[key]}`} title={name} />
                </label>
              )}
            </For>
          </div>
        </fieldset>
        <Show when={props.map.layers.length > 0}>
          <Choice
            label={words.layer}
            value={layer()}
            onChange={setLayer}
            options={[
              ['', words.noneAlwaysShown],
              ...props.map.layers.map(({ id, name }) => [String(id), name] as const),
            ]}
          />
        </Show>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy() || (!entityId() && !label().trim())}>
            {known ? common.save : isPin() ? words.addThePin : words.addTheArea}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

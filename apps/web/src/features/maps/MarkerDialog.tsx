import { createSignal, For, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import EntityPicker from '../records/EntityPicker.tsx'
import { tagColorNames, tagDots } from '../tags/tagLook.ts'
import { showChanged } from '../undo/showChanged.ts'
import type { Marker, WholeMap } from './markerName.ts'

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
      showChanged(known ? 'Saved.' : 'It is on the map.')
    })
  const what = () => (props.marker.shape === 'pin' ? 'pin' : 'area')
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={known ? `Edit the ${what()}` : `New ${what()}`}
      description="Choose the entry that it marks, or give it a label of its own."
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <EntityPicker worldId={props.map.worldId} kinds={[]} label="Entry" value={entityId()} onChange={setEntityId} />
        <Field
          label="Label"
          name="label"
          value={label()}
          onChange={setLabel}
          hint={entityId() ? 'Shown instead of the name of the entry, if you give one.' : undefined}
        />
        <fieldset>
          <legend class="text-sm font-medium">Color</legend>
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
            label="Layer"
            value={layer()}
            onChange={setLayer}
            options={[
              ['', 'None: always shown'],
              ...props.map.layers.map(({ id, name }) => [String(id), name] as const),
            ]}
          />
        </Show>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={isBusy() || (!entityId() && !label().trim())}>
            {known ? 'Save' : `Add the ${what()}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { createSignal, Index, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import type { WholeMap } from './markerName.ts'
import * as words from './words.ts'

/** The layers of a map: names, order, and which are hidden at first. */
export default function LayersDialog(props: { map: WholeMap; onClose: () => void }) {
  const [layers, setLayers] = createSignal(props.map.layers.map((layer) => ({ ...layer })))
  const { attempt, isBusy, failure } = createAttempts()
  const put = (index: number, changes: { name?: string; isHidden?: boolean }) =>
    setLayers(layers().map((layer, at) => (at === index ? { ...layer, ...changes } : layer)))
  const save = () =>
    attempt(async () => {
      await call.map.update.mutate({ id: props.map.id, version: props.map.version, layers: layers() })
      void refreshWorlds()
      props.onClose()
      showChanged(common.saved)
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={words.layers}
      description={words.markersOnALayerCan}
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <ul class="grid gap-3">
          <Index each={layers()} fallback={<li class="text-sm text-soft">{words.thisMapHasNoLayers}</li>}>
            {(layer, index) => (
              <li class="grid grid-cols-[1fr_auto_auto] items-end gap-3">
                <Field
                  label={words.layerNumber(index + 1)}
                  name={`layer-${layer().id}`}
                  value={layer().name}
                  onChange={(name) => put(index, { name })}
                />
                <label class="flex min-h-11 items-center gap-2 text-sm">
                  <input
                    type="checkbox"
                    class="size-4.5 accent-(--accent)"
                    checked={layer().isHidden}
                    onChange={(event) => put(index, { isHidden: event.currentTarget.checked })}
                  />
                  {words.hiddenAtFirst}
                </label>
                <button
                  type="button"
                  class="grid size-11 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
                  aria-label={words.removeLayer(layer().name)}
                  onClick={() => setLayers(layers().filter((_, at) => at !== index))}
                >
                  <X class="size-4" aria-hidden="true" />
                </button>
              </li>
            )}
          </Index>
        </ul>
        <Button
          class="justify-self-start"
          onClick={() => {
            const id = Math.max(0, ...props.map.layers.map((each) => each.id), ...layers().map((each) => each.id)) + 1
            setLayers([...layers(), { id, name: '', isHidden: false }])
          }}
        >
          <Plus class="size-4" aria-hidden="true" />
          {words.addLayer}
        </Button>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy() || layers().some(({ name }) => !name.trim())}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

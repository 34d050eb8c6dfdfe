import { createSignal, For, Show } from 'solid-js'
import { queryClient } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { type Entity, entityApi, entityCall, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import { showChanged } from '../undo/showChanged.ts'
import { spoilerFields } from './spoilerFields.ts'
import * as words from './words.ts'

/** Says of an entry, or of its fields, until which scene they are not to be known. */
export default function SpoilersDialog(props: { entity: Entity; onClose: () => void }) {
  const fields = spoilerFields(kinds[props.entity.kind])
  const [spoilers, setSpoilers] = createSignal<Readonly<Record<string, string>>>(props.entity.spoilers)
  const { attempt, isBusy, failure } = createAttempts()
  const set = (name: string, sceneId: string | null) => {
    const { [name]: _, ...others } = spoilers()
    setSpoilers(sceneId ? { ...others, [name]: sceneId } : others)
  }
  const save = () =>
    attempt(async () => {
      const { id, version } = props.entity
      const saved = await entityCall(props.entity.kind).update.mutate({ id, version, spoilers: { ...spoilers() } })
      queryClient.setQueryData(entityApi(props.entity.kind).byId.queryKey({ id }), saved)
      void refreshWorlds()
      props.onClose()
      showChanged(common.saved)
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={words.spoilers}
      description={words.whatIsOnlyKnownFrom}
    >
      <form
        class="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <div class="grid max-h-[55vh] gap-4 overflow-y-auto p-1">
          <For each={fields}>
            {([name, label]) => (
              <EntityPicker
                worldId={props.entity.worldId}
                kinds={['scene']}
                label={words.untilLabel(label)}
                value={spoilers()[name] ?? null}
                onChange={(sceneId) => set(name, sceneId)}
              />
            )}
          </For>
        </div>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy()}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

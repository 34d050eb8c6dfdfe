import { createSignal, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { counted, type Kind, kinds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import * as words from './words.ts'

/** Moves many entries into another parent. */
export default function BulkMoveDialog(props: {
  kind: Kind
  worldId: string
  ids: readonly string[]
  onClose: () => void
  onDone: (changed: number) => void
}) {
  const { parent } = props.kind
  const [parentId, setParentId] = createSignal<string | null>(null)
  const { attempt, isBusy, failure } = createAttempts()
  const move = () =>
    attempt(async () => {
      const { changed } = await call.bulk.move.mutate({
        worldId: props.worldId,
        ids: [...props.ids],
        parentId: parentId(),
      })
      props.onDone(changed)
    })
  const where = () => (parent ? kinds[parent.kind].wording.one : '')
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={words.moveCounted(counted(props.kind.kind, props.ids.length))}
      description={props.kind.ordered ? words.moveHint(where()) : undefined}
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void move()
        }}
      >
        <Show when={parent}>
          {(up) => (
            <EntityPicker
              worldId={props.worldId}
              kinds={[up().kind]}
              label={up().label}
              value={parentId()}
              onChange={setParentId}
              except={props.ids}
              required={up().required}
              hint={up().required ? undefined : words.nothingChosenTheyAreThen}
            />
          )}
        </Show>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button
            look="primary"
            type="submit"
            disabled={isBusy() || (parent?.required === true && parentId() === null)}
          >
            {words.move}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

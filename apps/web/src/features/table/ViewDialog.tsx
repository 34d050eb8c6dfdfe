import type { ViewSettings } from '@worldloom/schema'
import { createSignal, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import type { Kind } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import type { View } from './view.ts'
import * as words from './words.ts'

/** Names a view, and shares it. */
export default function ViewDialog(props: {
  kind: Kind
  worldId: string
  /** Undefined for a new one, of what is shown now. */
  view: View | undefined
  settings: ViewSettings
  onClose: () => void
  onSaved: (view: View) => void
}) {
  const rights = useWorldRights()
  const [name, setName] = createSignal(props.view?.name ?? '')
  const [isShared, setShared] = createSignal(props.view?.isShared ?? false)
  const { attempt, isBusy, failure } = createAttempts()
  const save = () =>
    attempt(async () => {
      const { view, worldId, settings } = props
      const named = { name: name(), isShared: isShared() }
      props.onSaved(
        view
          ? await call.view.update.mutate({ id: view.id, version: view.version, ...named })
          : await call.view.create.mutate({ worldId, kind: props.kind.kind, settings, ...named }),
      )
    })
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={props.view ? words.renameOrShareTheView : words.saveAsAView}
      description={props.view ? undefined : words.viewHint(props.kind.wording.many)}
    >
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={common.name} name="name" value={name()} onChange={setName} autofocus required />
        <Show when={rights.isEditor()}>
          <label class="flex items-start gap-3 text-sm">
            <input
              type="checkbox"
              class="mt-0.5 size-4.5 accent-(--accent)"
              checked={isShared()}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
            <span>{words.shareWithEverybody(<span class="block text-soft">{words.theyCanUseItYou}</span>)}</span>
          </label>
        </Show>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy() || !name().trim()}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

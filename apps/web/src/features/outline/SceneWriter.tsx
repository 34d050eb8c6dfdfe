import { onCleanup, Show } from 'solid-js'
import type { Entity } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { setEdited } from '../live/presence.ts'
import { Conflict } from '../writing/Conflict.tsx'
import { createAutosave } from '../writing/createAutosave.ts'
import type { EditingPlace } from '../writing/editingPlace.ts'
import MarkdownEditor from '../writing/MarkdownEditor.tsx'
import { SaveText } from '../writing/SaveText.tsx'
import * as words from './words.ts'

/** Writes the text of a scene among those of its story. */
export default function SceneWriter(props: {
  worldId: string
  scene: Entity
  begin: EditingPlace
  onDone: () => void
}) {
  onCleanup(() => setEdited(undefined))
  const autosave = createAutosave({
    kind: 'scene',
    get record() {
      return props.scene
    },
  })
  const finish = async () => {
    if (await autosave.finish()) props.onDone()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key does what its button does
    <div
      class="mt-3 text-lg"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        void finish()
      }}
    >
      <MarkdownEditor
        label={props.scene.displayName}
        value={autosave.draft.body ?? ''}
        onChange={(value) => autosave.change('body', value)}
        worldId={props.worldId}
        placeholder={words.writePlaceholder}
        caret={props.begin.caret ?? Number.MAX_SAFE_INTEGER}
        onFocus={() => setEdited({ subjectId: props.scene.id, field: 'body' })}
      />
      <div class="mt-3 flex items-center gap-3 text-sm text-soft">
        <Button look="primary" onClick={() => void finish()} disabled={autosave.isFinishing()}>
          {common.done}
        </Button>
        <SaveText state={autosave.state()} />
      </div>
      <Show when={autosave.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
      <Show when={autosave.theirs()}>{(theirs) => <Conflict autosave={autosave} theirs={theirs()} />}</Show>
    </div>
  )
}

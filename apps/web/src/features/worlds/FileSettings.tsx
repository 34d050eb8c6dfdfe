import { useNavigate } from '@tanstack/solid-router'
import Download from 'lucide-solid/icons/download'
import { createSignal, Show } from 'solid-js'
import { pagePaths } from '../../pagePaths.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { useDeleteWorld } from './useDeleteWorld.ts'
import * as words from './words.ts'
import { useWorld, useWorldRights } from './worldContext.ts'

/** A world as a file, and its end. */
export default function FileSettings() {
  const world = useWorld()
  const rights = useWorldRights()
  const navigate = useNavigate()
  const [isDeleting, setDeleting] = createSignal(false)
  const [typed, setTyped] = createSignal('')
  const remove = useDeleteWorld(() => void navigate({ to: pagePaths.worlds }))
  const isSure = () => typed().trim() === world().displayName
  return (
    <>
      <Panel title={words.exportLabel} hint={words.theWholeWorldAsOne}>
        <a class={buttonClass('plain')} href={`/api/v1/worlds/${world().id}/archive`} download="">
          <Download class="size-4" aria-hidden="true" />
          {words.exportThisWorld}
        </a>
      </Panel>
      <Panel title={words.markdown} hint={words.aNoteForEachEntry}>
        <a class={buttonClass('plain')} href={`/api/v1/worlds/${world().id}/vault`} download="">
          <Download class="size-4" aria-hidden="true" />
          {words.exportAsMarkdown}
        </a>
      </Panel>
      <Show when={rights.mayDeleteWorld()}>
        <Panel title="Delete" hint={words.theWorldGoesIntoYour}>
          <Button look="danger" onClick={() => setDeleting(true)}>
            {words.deleteThisWorld}
          </Button>
        </Panel>
      </Show>
      <Show when={isDeleting()}>
        <Dialog
          open
          onClose={() => setDeleting(false)}
          title={words.deleteNamed(world().displayName)}
          description={words.typeItsNameToBe}
        >
          <form
            class="grid gap-5"
            onSubmit={(event) => {
              event.preventDefault()
              if (!isSure()) return
              setDeleting(false)
              remove(world())
            }}
          >
            <Field label={world().displayName} name="name" value={typed()} onChange={setTyped} autofocus />
            <div class={dialogActions}>
              <Button look="quiet" onClick={() => setDeleting(false)}>
                {common.cancel}
              </Button>
              <Button look="danger" type="submit" disabled={!isSure()}>
                {words.moveToTrash}
              </Button>
            </div>
          </form>
        </Dialog>
      </Show>
    </>
  )
}

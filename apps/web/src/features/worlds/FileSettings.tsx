import { useNavigate } from '@tanstack/solid-router'
import Download from 'lucide-solid/icons/download'
import { createSignal, Show } from 'solid-js'
import { pagePaths } from '../../pagePaths.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useDeleteWorld } from './useDeleteWorld.ts'
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
      <Panel
        title="Export"
        hint="The whole world as one file: every entry and what is in the trash, tags, links, maps and images. Import it again here or in any Worldloom."
      >
        <a class={buttonClass('plain')} href={`/api/v1/worlds/${world().id}/archive`} download="">
          <Download class="size-4" aria-hidden="true" />
          Export this world
        </a>
      </Panel>
      <Panel
        title="Markdown"
        hint="A note for each entry, with its fields as properties and its mentions as links, and the images: a vault for Obsidian and other programs. It can be imported here again. What is in the trash, and maps, are not in it."
      >
        <a class={buttonClass('plain')} href={`/api/v1/worlds/${world().id}/vault`} download="">
          <Download class="size-4" aria-hidden="true" />
          Export as Markdown
        </a>
      </Panel>
      <Show when={rights.mayDeleteWorld()}>
        <Panel
          title="Delete"
          hint="The world goes into your trash with everything in it, for all who work on it. You can restore it from there."
        >
          <Button look="danger" onClick={() => setDeleting(true)}>
            Delete this world
          </Button>
        </Panel>
      </Show>
      <Show when={isDeleting()}>
        <Dialog
          open
          onClose={() => setDeleting(false)}
          title={`Delete “${world().displayName}”?`}
          description="Type its name to be sure."
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
                Cancel
              </Button>
              <Button look="danger" type="submit" disabled={!isSure()}>
                Move to trash
              </Button>
            </div>
          </form>
        </Dialog>
      </Show>
    </>
  )
}

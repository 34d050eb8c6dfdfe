import { useQuery } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { call, trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import { createNewTag, NewTag } from './NewTag.tsx'
import { tagDots } from './tagLook.ts'
import * as words from './words.ts'

/** Chooses the tags of an entry, and makes new ones. */
export default function TagsDialog(props: {
  id: string
  worldId: string
  chosen: readonly string[]
  onClose: () => void
}) {
  const list = useQuery(() => trpc.tag.list.queryOptions({ worldId: props.worldId }))
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set(props.chosen))
  const { attempt, isBusy, failure } = createAttempts()
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(chosen())
    if (isChosen) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const newTag = createNewTag(
    () => props.worldId,
    () => dataOf(list)?.items ?? [],
    attempt,
    (id) => toggle(id, true),
  )
  const save = () =>
    attempt(async () => {
      const { version } = await call.tag.of.query({ id: props.id })
      await call.tag.set.mutate({ id: props.id, version, tagIds: [...chosen()] })
      void refreshWorlds()
      props.onClose()
      showChanged(common.saved)
    })
  return (
    <Dialog open onClose={props.onClose} dismissible={!isBusy()} title={common.tags}>
      <form
        class="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          void (newTag.isTyped() ? newTag.create() : save())
        }}
      >
        <Show when={(dataOf(list)?.items.length ?? 0) > 0}>
          <fieldset>
            <legend class="text-sm font-medium">{words.tagsOfThisWorld}</legend>
            <div class="mt-2 flex max-h-72 flex-wrap gap-2 overflow-y-auto p-1">
              <For each={dataOf(list)?.items}>
                {(tag) => (
                  <label class="inline-flex cursor-pointer items-center gap-2 rounded-full border border-field bg-card px-3 py-1.5 text-sm has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-3 has-focus-visible:outline-accent">
                    <input
                      type="checkbox"
                      class="sr-only"
                      checked={chosen().has(tag.id)}
                      onChange={(event) => toggle(tag.id, event.currentTarget.checked)}
                    />
                    <span class={`size-2.5 rounded-full ${tagDots[tag.color]}`} aria-hidden="true" />
                    <bdi>{tag.name}</bdi>
                  </label>
                )}
              </For>
            </div>
          </fieldset>
        </Show>
        <NewTag tag={newTag} isBusy={isBusy()} />
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" onClick={() => void save()} disabled={isBusy()}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import { useQuery } from '@tanstack/solid-query'
import { createEffect, createSignal, For, Show } from 'solid-js'
import { type Tag, trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { createNewTag, NewTag } from '../tags/NewTag.tsx'
import { tagDots } from '../tags/tagLook.ts'
import type { Row } from './createRows.ts'
import * as words from './words.ts'

type Tagging = 'all' | 'some' | 'none'

/** What is to become of the entries’ tags. */
export interface TagChanges {
  readonly add: readonly Tag[]
  readonly remove: readonly Tag[]
}

/** Gives tags to many entries, and takes others from them. */
export default function BulkTagsDialog(props: {
  worldId: string
  rows: readonly Row[]
  onClose: () => void
  onSave: (changes: TagChanges) => void
}) {
  const list = useQuery(() => trpc.tag.list.queryOptions({ worldId: props.worldId }))
  /** Only what was chosen here. */
  const [chosen, setChosen] = createSignal<ReadonlyMap<string, 'all' | 'none'>>(new Map())
  const { attempt, isBusy, failure } = createAttempts()
  const before = (id: string): Tagging => {
    const count = props.rows.filter(({ lists }) => lists.tags?.includes(id)).length
    return count === 0 ? 'none' : count === props.rows.length ? 'all' : 'some'
  }
  const now = (id: string): Tagging => chosen().get(id) ?? before(id)
  const choose = (id: string, isOn: boolean) => setChosen(new Map(chosen()).set(id, isOn ? 'all' : 'none'))
  const newTag = createNewTag(
    () => props.worldId,
    () => dataOf(list)?.items ?? [],
    attempt,
    (id) => choose(id, true),
  )
  const save = () => {
    const changes = [...chosen()].filter(([id, wanted]) => before(id) !== wanted)
    const tagsThat = (become: 'all' | 'none') =>
      (dataOf(list)?.items ?? []).filter((tag) => changes.some(([id, wanted]) => id === tag.id && wanted === become))
    if (changes.length === 0) props.onClose()
    else props.onSave({ add: tagsThat('all'), remove: tagsThat('none') })
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={common.tags}
      description={words.aDashMeansThatOnly}
    >
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
            <div class="mt-2 grid max-h-72 gap-1 overflow-y-auto p-1 sm:grid-cols-2">
              <For each={dataOf(list)?.items}>
                {(tag) => (
                  <label class="flex min-h-10 cursor-pointer items-center gap-2.5 rounded-lg px-2 text-sm hover:bg-sunk">
                    <input
                      type="checkbox"
                      class="size-4.5 accent-(--accent)"
                      checked={now(tag.id) === 'all'}
                      ref={(element) =>
                        createEffect(() => {
                          element.indeterminate = now(tag.id) === 'some'
                        })
                      }
                      onChange={(event) => choose(tag.id, event.currentTarget.checked)}
                    />
                    <span class={`size-2.5 rounded-full ${tagDots[tag.color]}`} aria-hidden="true" />
                    <bdi class="truncate">{tag.name}</bdi>
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
          <Button look="primary" onClick={save} disabled={isBusy()}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

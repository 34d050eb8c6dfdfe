import FolderInput from 'lucide-solid/icons/folder-input'
import TagIcon from 'lucide-solid/icons/tag'
import Trash from 'lucide-solid/icons/trash'
import X from 'lucide-solid/icons/x'
import { createSignal, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { counted, type Kind, refreshWorlds } from '../../lib/kinds.ts'
import { formatNumber } from '../../lib/number.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import type { TagChanges } from './BulkTagsDialog.tsx'
import type { Rows } from './createRows.ts'
import type { Selection } from './createSelection.ts'
import * as words from './words.ts'

const BulkTagsDialog = lazyDialog(() => import('./BulkTagsDialog.tsx'))
const BulkMoveDialog = lazyDialog(() => import('./BulkMoveDialog.tsx'))

/** How many entries can be changed at once. */
const most = 1000

/** What can be done with the selected entries, all at once. */
export default function BulkBar(props: { kind: Kind; worldId: string; rows: Rows; selection: Selection }) {
  const rights = useWorldRights()
  const [open, setOpen] = createSignal<'tags' | 'move' | 'delete'>()
  const [isBusy, setBusy] = createSignal(false)
  const count = () => props.selection.selected().size
  const ids = () => [...props.selection.selected().keys()]
  const isMore = () => count() < Math.min(props.rows.total(), most)
  const selectAll = async () => {
    setBusy(true)
    try {
      props.selection.putAll(await props.rows.readAll(most))
      if (props.rows.total() > most) showToast(words.onlyTheFirst(formatNumber(most)))
    } catch (error) {
      showToast(failureOf(error).message)
    }
    setBusy(false)
  }
  const done = (message: string) => {
    setOpen(undefined)
    props.selection.clear()
    void refreshWorlds()
    showChanged(message)
  }
  /** Seen at once: what fails is taken back, with the reason, and selected as before. */
  const soon = async (make: () => Promise<string>) => {
    const rows = [...props.selection.selected().values()]
    setOpen(undefined)
    props.selection.clear()
    try {
      showChanged(await make())
    } catch (error) {
      props.selection.putAll(rows)
      showToast(failureOf(error).message)
    }
  }
  const tag = ({ add, remove }: TagChanges) => {
    const { worldId } = props
    const about = ids()
    const [added, removed] = [add.map(({ id }) => id), remove.map(({ id }) => id)]
    return soon(async () => {
      const { changed } = await props.rows.changing(
        about,
        ({ lists, names }) => {
          const kept = (lists.tags ?? []).filter((id) => !removed.includes(id) && !added.includes(id))
          return {
            lists: { ...lists, tags: [...kept, ...added] },
            names: { ...names, ...Object.fromEntries(add.map(({ id, name }) => [id, name])) },
          }
        },
        () => call.bulk.tag.mutate({ worldId, ids: about, add: added, remove: removed }),
      )
      void refreshWorlds()
      return words.tagged(counted(props.kind.kind, changed))
    })
  }
  const remove = () => {
    const { worldId } = props
    const about = ids()
    return soon(async () => {
      const { changed, along } = await props.rows.without(about, () => call.bulk.delete.mutate({ worldId, ids: about }))
      return words.areInTheTrash(counted(props.kind.kind, changed), changed, along)
    })
  }
  return (
    <div
      data-at-bottom
      class="sticky bottom-4 z-30 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center justify-center gap-1 rounded-3xl border border-line bg-raised p-1.5 shadow-lifted"
    >
      <p class="px-3 text-sm font-medium whitespace-nowrap" role="status">
        {words.selectedCount(formatNumber(count()))}
      </p>
      <Show when={isMore()}>
        <Button look="quiet" onClick={() => void selectAll()} disabled={isBusy()}>
          {props.rows.total() > most
            ? words.selectTheFirst(formatNumber(most))
            : words.selectAllOf(formatNumber(props.rows.total()))}
        </Button>
      </Show>
      <Show when={rights.mayUpdate()}>
        <Button look="quiet" onClick={() => setOpen('tags')}>
          <TagIcon class="size-4" aria-hidden="true" />
          {common.tag}
        </Button>
        <Show when={props.kind.parent}>
          <Button look="quiet" onClick={() => setOpen('move')}>
            <FolderInput class="size-4" aria-hidden="true" />
            {words.move}
          </Button>
        </Show>
      </Show>
      <Show when={rights.mayDelete()}>
        <Button look="quiet" onClick={() => setOpen('delete')}>
          <Trash class="size-4" aria-hidden="true" />
          {common.deleteIt}
        </Button>
      </Show>
      <button
        type="button"
        class="grid size-10 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
        aria-label={words.selectNone}
        onClick={() => props.selection.clear()}
      >
        <X class="size-4" aria-hidden="true" />
      </button>
      <Show when={open() === 'tags'}>
        <BulkTagsDialog
          worldId={props.worldId}
          rows={[...props.selection.selected().values()]}
          onClose={() => setOpen(undefined)}
          onSave={(changes) => void tag(changes)}
        />
      </Show>
      <Show when={open() === 'move'}>
        <BulkMoveDialog
          kind={props.kind}
          worldId={props.worldId}
          ids={ids()}
          onClose={() => setOpen(undefined)}
          onDone={(changed) => done(words.moved(counted(props.kind.kind, changed)))}
        />
      </Show>
      <Show when={open() === 'delete'}>
        <Confirm
          title={words.deleteCounted(counted(props.kind.kind, count()))}
          action={words.moveToTrash}
          onClose={() => setOpen(undefined)}
          onConfirm={async () => {
            void remove()
          }}
        >
          {words.whatIsInThemGoes}
        </Confirm>
      </Show>
    </div>
  )
}

import { useQuery } from '@tanstack/solid-query'
import { tagColors } from '@worldloom/schema/connected'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import { call, type Tag, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { createForm } from '../../lib/form.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { nothingIn } from '../../lib/nothingIn.ts'
import { formatNumber } from '../../lib/number.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import { useWorld } from '../worlds/worldContext.ts'
import { tagColorNames, tagDots } from './tagLook.ts'
import * as words from './words.ts'

/** The tags of a world: new ones, names, colors, merging, deleting. */
export default function TagSettings() {
  const world = useWorld()
  const list = useQuery(() => trpc.tag.list.queryOptions({ worldId: world().id }))
  const [opened, setOpened] = createSignal<Tag | 'new'>()
  const tags = () => dataOf(list)?.items ?? []
  return (
    <Panel
      title={common.tags}
      hint={words.entriesOfAllKindsCan}
      actions={
        <Button onClick={() => setOpened('new')}>
          <Plus class="size-4" aria-hidden="true" />
          {words.newTag}
        </Button>
      }
    >
      <ul class="flex flex-wrap gap-2">
        <For each={tags()} fallback={<li class="text-sm text-soft">{nothingIn(list, words.thereAreNoTagsYet)}</li>}>
          {(tag) => (
            <li>
              <button
                type="button"
                class="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-card px-3.5 text-sm hover:border-accent"
                onClick={() => setOpened(tag)}
              >
                <span class={`size-2.5 rounded-full ${tagDots[tag.color]}`} aria-hidden="true" />
                <bdi>{tag.name}</bdi>
                <span class="text-soft">{formatNumber(tag.count)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={opened()} keyed>
        {(tag) => (
          <TagDialog
            worldId={world().id}
            tag={tag === 'new' ? undefined : tag}
            others={tags().filter(({ id }) => tag === 'new' || id !== tag.id)}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Show>
    </Panel>
  )
}

function TagDialog(props: { worldId: string; tag: Tag | undefined; others: readonly Tag[]; onClose: () => void }) {
  const [color, setColor] = createSignal(props.tag?.color ?? 'gray')
  const [intoId, setIntoId] = createSignal('')
  const done = (said: string) => {
    void refreshWorlds()
    props.onClose()
    showChanged(said)
  }
  const form = createForm({ name: props.tag?.name ?? '' }, async ({ name }) => {
    const { tag } = props
    if (tag) await call.tag.update.mutate({ id: tag.id, version: tag.version, name, color: color() })
    else await call.tag.create.mutate({ worldId: props.worldId, name, color: color() })
    done(common.saved)
  })
  const trying = async (run: (tag: Tag) => Promise<string>) => {
    if (!props.tag) return
    try {
      done(await run(props.tag))
    } catch (error) {
      showToast(failureOf(error).message)
    }
  }
  const merge = () =>
    trying(async ({ id, version, name }) => {
      const { entries, tag } = await call.tag.merge.mutate({ id, version, intoId: intoId() })
      return words.merged(name, tag.name, entries)
    })
  const remove = () =>
    trying(async ({ id, version, name }) => {
      await call.tag.delete.mutate({ id, version })
      return words.isDeleted(name)
    })
  return (
    <Dialog open onClose={props.onClose} title={props.tag ? words.editTag : words.newTag}>
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field label={common.name} autofocus required {...form.field('name')} />
        <Choice
          label={common.color}
          value={color()}
          onChange={setColor}
          options={tagColors.map((each) => [each, tagColorNames[each]] as const)}
        />
        <Show when={props.tag && props.others.length > 0}>
          <div class="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
            <Choice
              label={words.mergeInto}
              value={intoId()}
              onChange={setIntoId}
              options={[['', words.noOtherTag], ...props.others.map(({ id, name }) => [id, name] as const)]}
            />
            <Button onClick={() => void merge()} disabled={!intoId()}>
              {words.merge}
            </Button>
          </div>
        </Show>
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={props.tag}>
            <Button look="danger" class="mr-auto" onClick={() => void remove()}>
              {words.deleteTag}
            </Button>
          </Show>
          <Button look="quiet" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {props.tag ? common.save : words.createTag}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import { useQuery } from '@tanstack/solid-query'
import { createSignal, createUniqueId, For, Match, Show, Switch } from 'solid-js'
import { call, type RouterOutputs, trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { type Entity, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

type Name = RouterOutputs['mention']['find']['items'][number]

const keyOf = ({ field, start }: Name) => `${field}:${start}`

/** Turns names of entries in an entry's texts into mentions, after showing which. */
export default function NamesDialog(props: { entity: Entity; onClose: () => void }) {
  const found = useQuery(() => ({ ...trpc.mention.find.queryOptions({ id: props.entity.id }), staleTime: 0 }))
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  const id = createUniqueId()
  const { attempt, isBusy, failure } = createAttempts()
  const names = () => dataOf(found)?.items ?? []
  const chosen = () => names().filter((name) => !left().has(keyOf(name)))
  const toggle = (name: Name, isChosen: boolean) => {
    const next = new Set(left())
    if (isChosen) next.delete(keyOf(name))
    else next.add(keyOf(name))
    setLeft(next)
  }
  const convert = () =>
    attempt(async () => {
      const { mentions } = await call.mention.convert.mutate({
        id: props.entity.id,
        version: dataOf(found)?.version ?? props.entity.version,
        names: chosen().map(({ field, start, entry }) => ({ field, start, entryId: entry.id })),
      })
      void refreshWorlds()
      props.onClose()
      showChanged(words.namesAreMentionsNow(mentions))
    })
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={words.namesInTheseTexts}
      description={words.namesOfEntriesThatAre}
    >
      <Switch>
        <Match when={found.isPending}>
          <Waiting lines={4} />
        </Match>
        <Match when={found.isError}>
          <Alert>{failureOf(found.error).message}</Alert>
        </Match>
        <Match when={names().length === 0}>
          <p class="text-soft">{words.thereAreNoNamesOf}</p>
        </Match>
        <Match when={true}>
          <ul class="grid max-h-[55vh] gap-1 overflow-y-auto">
            <For each={names()}>
              {(name) => (
                <li>
                  {/* Read out by the name alone; the text around describes it. */}
                  <label class="flex cursor-pointer items-start gap-3 rounded-xl p-2 hover:bg-sunk">
                    <input
                      type="checkbox"
                      class="mt-1.5 accent-accent"
                      aria-label={`${name.text} (${kinds[name.entry.kind].wording.one})`}
                      aria-describedby={`${id}-${keyOf(name)}`}
                      checked={!left().has(keyOf(name))}
                      onChange={(event) => toggle(name, event.currentTarget.checked)}
                    />
                    <span id={`${id}-${keyOf(name)}`} class="text-sm leading-relaxed" dir="auto">
                      <span class="text-soft">…{name.before}</span>
                      <mark class="rounded bg-accent-wash px-0.5 font-medium text-ink">{name.text}</mark>
                      <span class="text-soft">{name.after}… </span>
                      <span class="text-xs text-soft">({kinds[name.entry.kind].wording.one})</span>
                    </span>
                  </label>
                </li>
              )}
            </For>
          </ul>
          <Show when={dataOf(found)?.isCut}>
            <p class="mt-3 text-sm text-soft">{words.thereAreMoreDoThese}</p>
          </Show>
        </Match>
      </Switch>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
      <div class={`${dialogActions} mt-6`}>
        <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
          {names().length === 0 ? common.close : common.cancel}
        </Button>
        <Show when={names().length > 0}>
          <Button look="primary" onClick={() => void convert()} disabled={isBusy() || chosen().length === 0}>
            {words.makeMentions(chosen().length)}
          </Button>
        </Show>
      </div>
    </Dialog>
  )
}

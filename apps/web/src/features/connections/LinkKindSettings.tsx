import { useQuery } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import { linkCardinalities } from '@worldloom/schema/connected'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import { call, type LinkKind, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { createForm } from '../../lib/form.ts'
import { capitalized, kinds, refreshWorlds } from '../../lib/kinds.ts'
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
import * as words from './words.ts'

const cardinalityLabels: Readonly<Record<LinkKind['cardinality'], string>> = {
  manyToMany: words.anyNumberAtBothEnds,
  oneToMany: words.oneFirstEntryToMany,
  manyToOne: words.manyFirstEntriesToOne,
  oneToOne: words.oneToOne,
}

/** The kinds of links of a world. */
export default function LinkKindSettings() {
  const world = useWorld()
  const list = useQuery(() => trpc.linkKind.list.queryOptions({ worldId: world().id }))
  const [opened, setOpened] = createSignal<LinkKind | 'new'>()
  return (
    <Panel
      title={words.kindsOfLinks}
      hint={words.howEntriesOfThisWorld}
      actions={
        <Button onClick={() => setOpened('new')}>
          <Plus class="size-4" aria-hidden="true" />
          {words.newKind}
        </Button>
      }
    >
      <ul class="grid gap-x-8 sm:grid-cols-2">
        <For
          each={dataOf(list)?.items}
          fallback={<li class="text-sm text-soft">{nothingIn(list, words.thereAreNoKindsOf)}</li>}
        >
          {(kind) => (
            <li class="border-b border-line py-2">
              <button
                type="button"
                class="flex w-full items-baseline justify-between gap-4 rounded-lg text-left hover:text-accent"
                onClick={() => setOpened(kind)}
              >
                <span>
                  <bdi class="font-medium">{kind.name}</bdi>
                  <Show when={!kind.isSymmetric}>
                    <span class="text-sm text-soft">
                      {' '}
                      / <bdi>{kind.inverseName}</bdi>
                    </span>
                  </Show>
                </span>
                <span class="text-sm text-soft">{formatNumber(kind.count)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
      <Show when={opened()} keyed>
        {(kind) => (
          <LinkKindDialog
            worldId={world().id}
            kind={kind === 'new' ? undefined : kind}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Show>
    </Panel>
  )
}

function LinkKindDialog(props: { worldId: string; kind: LinkKind | undefined; onClose: () => void }) {
  const given = props.kind
  const [isSymmetric, setSymmetric] = createSignal(given?.isSymmetric ?? false)
  const [fromKinds, setFromKinds] = createSignal<readonly EntityKind[]>(given?.fromKinds ?? [])
  const [toKinds, setToKinds] = createSignal<readonly EntityKind[]>(given?.toKinds ?? [])
  const [cardinality, setCardinality] = createSignal(given?.cardinality ?? 'manyToMany')
  const [isAcyclic, setAcyclic] = createSignal(given?.isAcyclic ?? false)
  const [meaning, setMeaning] = createSignal<NonNullable<LinkKind['meaning']> | ''>(given?.meaning ?? '')
  const done = (said: string) => {
    void refreshWorlds()
    props.onClose()
    showChanged(said)
  }
  const form = createForm(
    { name: given?.name ?? '', inverseName: given?.inverseName ?? '' },
    async ({ name, inverseName }) => {
      const values = {
        name,
        inverseName: isSymmetric() ? name : inverseName,
        isSymmetric: isSymmetric(),
        fromKinds: [...fromKinds()],
        toKinds: [...(isSymmetric() ? fromKinds() : toKinds())],
        cardinality: cardinality(),
        isAcyclic: !isSymmetric() && isAcyclic(),
        meaning: (!isSymmetric() && meaning()) || null,
      }
      if (given) await call.linkKind.update.mutate({ id: given.id, version: given.version, ...values })
      else await call.linkKind.create.mutate({ worldId: props.worldId, ...values })
      done(common.saved)
    },
  )
  const remove = async () => {
    if (!given) return
    try {
      await call.linkKind.delete.mutate({ id: given.id, version: given.version })
      done(words.isDeleted(given.name))
    } catch (error) {
      showToast(failureOf(error).message)
    }
  }
  return (
    <Dialog open onClose={props.onClose} title={given ? words.editKindOfLink : words.newKindOfLink}>
      <form class="grid gap-5" novalidate onSubmit={form.submit}>
        <Field label={words.reads} hint={words.motherOfAsInAda} autofocus required {...form.field('name')} />
        <Check label={words.readsTheSameFromBoth} value={isSymmetric()} onChange={setSymmetric} />
        <Show when={!isSymmetric()}>
          <Field label={words.fromTheOtherEnd} hint={words.childOf} required {...form.field('inverseName')} />
        </Show>
        <Kinds label={isSymmetric() ? words.joins : words.startsAt} value={fromKinds()} onChange={setFromKinds} />
        <Show when={!isSymmetric()}>
          <Kinds label={words.leadsTo} value={toKinds()} onChange={setToKinds} />
        </Show>
        <Choice
          label={words.howManyAtOneTime}
          value={cardinality()}
          onChange={setCardinality}
          options={linkCardinalities
            .filter((each) => !isSymmetric() || each === 'manyToMany' || each === 'oneToOne')
            .map((each) => [each, cardinalityLabels[each]] as const)}
        />
        <Show when={!isSymmetric()}>
          <Check label={words.neverLeadsBackToWhere} value={isAcyclic()} onChange={setAcyclic} />
          <Choice
            label={words.means}
            value={meaning()}
            onChange={setMeaning}
            options={[
              ['', words.nothingInParticular],
              ['parent', words.theFirstIsAParent],
              ['ownership', words.theFirstOwnsTheSecond],
            ]}
          />
        </Show>
        <Show when={form.failure()}>{(failure) => <Alert>{failure().message}</Alert>}</Show>
        <div class={dialogActions}>
          <Show when={given}>
            <Button look="danger" class="mr-auto" onClick={() => void remove()}>
              {words.deleteKind}
            </Button>
          </Show>
          <Button look="quiet" onClick={props.onClose}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={form.isPending()}>
            {given ? common.save : words.createKind}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Check(props: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label class="flex items-center gap-3 text-sm">
      <input
        type="checkbox"
        class="size-4 accent-accent"
        checked={props.value}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  )
}

function Kinds(props: {
  label: string
  value: readonly EntityKind[]
  onChange: (kinds: readonly EntityKind[]) => void
}) {
  return (
    <fieldset>
      <legend class="text-sm font-medium">{props.label}</legend>
      <div class="mt-2 flex flex-wrap gap-x-4 gap-y-2">
        <For each={Object.values(kinds)}>
          {({ kind, wording }) => (
            <Check
              label={capitalized(wording.many)}
              value={props.value.includes(kind)}
              onChange={(isChosen) =>
                props.onChange(isChosen ? [...props.value, kind] : props.value.filter((each) => each !== kind))
              }
            />
          )}
        </For>
      </div>
      <p class="mt-1.5 text-sm text-soft">{props.value.length === 0 ? words.anyKindAsNoneIs : ''}</p>
    </fieldset>
  )
}

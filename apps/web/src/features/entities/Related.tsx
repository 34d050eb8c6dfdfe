import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import Plus from 'lucide-solid/icons/plus'
import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js'
import { dataOf } from '../../lib/dataOf.ts'
import { capitalized, type Entity, entityApi, type Kind, type KindFilter, kinds } from '../../lib/kinds.ts'
import { nothingIn } from '../../lib/nothingIn.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showChanged } from '../undo/showChanged.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import { EntityRow } from './EntityRow.tsx'
import { isOneOf } from './entitiesSearch.ts'
import * as words from './words.ts'

const EntityDialog = lazyDialog(() => import('./EntityDialog.tsx'))

/** How many are shown here. The list has all of them. */
const shown = 6

/** Shown by the page itself, in the order that people gave them. */
const shownByOwnParts = new Set(['act.storyId', 'scene.actId', 'story.bookId'])

interface Relation {
  readonly kind: Kind
  readonly filter: KindFilter
}

/** Entries of other kinds that refer to this one, according to the definitions. */
export default function Related(props: {
  kind: Kind
  entity: Entity
  /** Called once all of them are there, or are known to be missing. */
  onSettled: () => void
}) {
  const relations = (): Relation[] =>
    Object.values(kinds).flatMap((kind) =>
      kind.filters
        .filter(
          ({ name, control }) =>
            control.as === 'reference' &&
            control.kind === props.kind.kind &&
            !shownByOwnParts.has(`${kind.kind}.${name}`),
        )
        .map((filter) => ({ kind, filter })),
    )
  const [settled, setSettled] = createSignal(0)
  const isSettled = () => settled() >= relations().length
  const settle = () => {
    setSettled((count) => count + 1)
    if (isSettled()) props.onSettled()
  }
  onMount(() => relations().length === 0 && props.onSettled())
  return (
    // All at once, as those that come later would move the others.
    <div class="mt-8 grid gap-6 empty:hidden" classList={{ hidden: !isSettled() }}>
      <For each={relations()}>
        {(relation) => <RelatedList relation={relation} entity={props.entity} onSettled={settle} />}
      </For>
    </div>
  )
}

function RelatedList(props: { relation: Relation; entity: Entity; onSettled: () => void }) {
  const rights = useWorldRights()
  const [creating, setCreating] = createSignal(false)
  const kind = () => props.relation.kind
  const filter = () => ({ [props.relation.filter.name]: props.entity.id })
  const list = useQuery(() =>
    entityApi(kind().kind).list.queryOptions({
      worldId: props.entity.worldId,
      limit: shown,
      sort: 'name',
      order: 'asc',
      ...filter(),
    }),
  )
  createEffect(
    on(
      () => list.isPending,
      (isPending, wasPending) => {
        if (!isPending && wasPending !== false) props.onSettled()
      },
    ),
  )
  /** Links that have a table of their own are edited at their origin: a scene's cast on the scene's page. */
  const isField = () =>
    kind().parent?.field === props.relation.filter.name ||
    kind().fields.some(({ name }) => name === props.relation.filter.name)
  const mayCreateHere = () => rights.mayCreate() && isField() && !kind().parent?.required
  const items = () => dataOf(list)?.items ?? []
  return (
    <Show when={items().length > 0 || mayCreateHere()}>
      <Panel
        title={capitalized(kind().wording.many)}
        actions={
          <Show when={mayCreateHere()}>
            <Button onClick={() => setCreating(true)}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newOne(kind().wording.one)}
            </Button>
          </Show>
        }
      >
        <ul class="-my-3 divide-y divide-line">
          <For
            each={items()}
            fallback={<li class="py-3 text-sm text-soft">{nothingIn(list, words.noneHereYet(kind().wording.many))}</li>}
          >
            {(entity) => (
              <li>
                <EntityRow kind={kind()} entity={entity} />
              </li>
            )}
          </For>
        </ul>
        <Show when={dataOf(list)?.nextCursor}>
          <Link
            to={pagePaths.entities}
            params={{ worldId: props.entity.worldId, plural: kind().plural }}
            search={{ where: [isOneOf(props.relation.filter.name, props.entity.id)] }}
            class="mt-5 inline-block text-sm text-accent underline underline-offset-4"
          >
            {words.allHere(kind().wording.many)}
          </Link>
        </Show>
      </Panel>
      <Show when={creating()}>
        <EntityDialog
          worldId={props.entity.worldId}
          kind={kind().kind}
          initial={filter()}
          onClose={() => setCreating(false)}
          onSaved={(entity) => {
            setCreating(false)
            showChanged(words.isThere(entity.displayName))
          }}
        />
      </Show>
    </Show>
  )
}

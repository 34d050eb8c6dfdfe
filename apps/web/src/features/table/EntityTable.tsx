import { useNavigate, useSearch } from '@tanstack/solid-router'
import type { ViewSettings } from '@worldloom/schema'
import { isGroupable, isSortable, usualOrder } from '@worldloom/schema/entity/tableFields'
import ArrowDown from 'lucide-solid/icons/arrow-down-wide-narrow'
import ArrowUp from 'lucide-solid/icons/arrow-up-narrow-wide'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import { createEffect, createMemo, createSignal, type JSX, lazy, Match, on, Show, Suspense, Switch } from 'solid-js'
import { importAfterPaint } from '../../lib/idle.ts'
import type { Kind } from '../../lib/kinds.ts'
import { formatNumber } from '../../lib/number.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { DidNotArrive, Notice } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import { SearchBox } from '../../ui/searchBox.tsx'
import * as common from '../../ui/words.ts'
import type { EntitiesSearch, Layout } from '../entities/entitiesSearch.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import { columnsOf, usualColumnsOf } from './columns.ts'
import { createRows } from './createRows.ts'
import { createSelection } from './createSelection.ts'
import { LayoutSwitch } from './LayoutSwitch.tsx'
import ListLayout from './ListLayout.tsx'
import { linesOf } from './lines.ts'
import { createTagColors, TagColors } from './tagColors.ts'
import { keepLayout, usualLayout } from './usualLayout.ts'
import * as words from './words.ts'

const TableLayout = lazy(() => import('./TableLayout.tsx'))
const CardLayout = lazy(() => import('./CardLayout.tsx'))
const Conditions = lazy(() => import('./Conditions.tsx'))
const ColumnsMenu = lazy(() => import('./ColumnsMenu.tsx'))
const ViewMenu = lazy(() => importAfterPaint(() => import('./ViewMenu.tsx')))
const BulkBar = lazy(() => import('./BulkBar.tsx'))

/** The entries of a kind, as a list, a table or cards: filtered, in any order, in groups, and changed many at once. */
export default function EntityTable(props: {
  kind: Kind
  worldId: string
  /** Shown if the world has none of them. */
  empty: JSX.Element
}) {
  const { kind } = props
  const rights = useWorldRights()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/$plural' })
  const navigate = useNavigate({ from: pagePaths.entities })
  const fields = columnsOf(kind)
  const fieldOf = (name: string | undefined) => fields.find((field) => field.name === name)
  const change = (changed: EntitiesSearch) => navigate({ search: (old) => ({ ...old, ...changed }), replace: true })

  const layout = () => search().layout ?? usualLayout(kind.kind)
  const sort = () => search().sort ?? 'updatedAt'
  const order = () => {
    const field = fieldOf(sort())
    return search().order ?? (field ? usualOrder(field) : 'asc')
  }
  const where = () => search().where ?? []
  const columns = () => (search().columns ?? usualColumnsOf(kind)).flatMap((name) => fieldOf(name) ?? [])
  const settings = (): ViewSettings => {
    const { columns: chosen, sort: by, order: direction, groupBy, where: conditions } = search()
    return {
      layout: layout(),
      ...(chosen && { columns: chosen }),
      ...(by && { sort: by }),
      ...(direction && { order: direction }),
      ...(groupBy && { groupBy }),
      ...(conditions && { where: conditions }),
    }
  }
  const isNarrowed = () => Boolean(search().q) || where().length > 0
  const [isFiltering, setFiltering] = createSignal(where().length > 0)

  const query = createMemo(() => {
    const { q, groupBy } = search()
    return {
      ...{ worldId: props.worldId, sort: sort(), order: order() },
      ...(q && { search: q }),
      ...(where().length > 0 && { where: where() }),
      ...(groupBy && { groupBy }),
    }
  })
  const rows = createRows(kind, query)
  const selection = createSelection(rows)
  createEffect(on(query, () => selection.clear(), { defer: true }))
  /** By their values. */
  const [folded, setFolded] = createSignal<ReadonlySet<string | null>>(new Set<string | null>())
  createEffect(
    on(
      () => search().groupBy,
      () => setFolded(new Set<string | null>()),
      { defer: true },
    ),
  )
  const groups = createMemo(() => rows.groups().map((group) => ({ ...group, isFolded: folded().has(group.value) })))
  const fold = (index: number) => {
    const value = groups()[index]?.value ?? null
    const next = new Set(folded())
    if (!next.delete(value)) next.add(value)
    setFolded(next)
  }
  const shared = () => ({
    ...{ kind, worldId: props.worldId, rows, selection, onFold: fold },
    isSelectable: rights.mayUpdate() || rights.mayDelete(),
    linesOf: (perLine: number) => linesOf(rows.total(), groups(), perLine),
    groups: groups(),
    groupField: fieldOf(search().groupBy),
  })
  const setLayout = (next: Layout) => {
    keepLayout(kind.kind, next)
    void change({ layout: next })
  }
  return (
    <TagColors.Provider value={createTagColors(() => props.worldId)}>
      <search class="mt-6 grid gap-3">
        <div class="flex flex-wrap items-center gap-2">
          <SearchBox
            label={words.searchByName}
            value={search().q ?? ''}
            onChange={(q) => change({ q: q || undefined })}
          />
          <Suspense>
            <ViewMenu
              kind={kind}
              worldId={props.worldId}
              viewId={search().view}
              settings={settings()}
              onChoose={(view) =>
                void navigate({ search: view ? { ...view.settings, view: view.id } : {}, replace: true })
              }
            />
          </Suspense>
          <span class="ml-auto">
            <LayoutSwitch layout={layout()} onChange={setLayout} />
          </span>
        </div>
        <div class="flex flex-wrap items-center gap-2">
          <Button aria-expanded={isFiltering()} onClick={() => setFiltering(!isFiltering())}>
            <SlidersHorizontal class="size-4" aria-hidden="true" />
            {words.filter}
            <Show when={where().length > 0}>
              <span class="rounded-full bg-accent px-1.5 text-xs text-on-accent">{where().length}</span>
            </Show>
          </Button>
          <Choice
            compact
            label={words.sort}
            value={sort()}
            onChange={(name) => change({ sort: name === 'updatedAt' ? undefined : name, order: undefined })}
            options={fields.filter(isSortable).map(({ name, label }) => [name, words.sortBy(label)] as const)}
          />
          <button
            type="button"
            class="grid size-11 place-items-center rounded-xl border border-field bg-card"
            aria-label={order() === 'asc' ? words.ascendingChangeToDescending : words.descendingChangeToAscending}
            title={order() === 'asc' ? words.ascending : words.descending}
            onClick={() => change({ order: order() === 'asc' ? 'desc' : 'asc' })}
          >
            <Show when={order() === 'asc'} fallback={<ArrowDown class="size-4" aria-hidden="true" />}>
              <ArrowUp class="size-4" aria-hidden="true" />
            </Show>
          </button>
          <Choice
            compact
            label={words.groups}
            value={search().groupBy ?? ''}
            onChange={(name) => change({ groupBy: name || undefined })}
            options={[
              ['', words.noGroups],
              ...fields.filter(isGroupable).map(({ name, label }) => [name, words.groupBy(label)] as const),
            ]}
          />
          <Show when={layout() === 'table'}>
            <Suspense>
              <ColumnsMenu
                fields={fields}
                value={columns().map(({ name }) => name)}
                onChange={(chosen) => change({ columns: chosen })}
              />
            </Suspense>
          </Show>
          <p class="ml-auto text-sm text-soft" role="status">
            <Show when={!rows.isPending()}>
              {formatNumber(rows.total())} {rows.total() === 1 ? kind.wording.one : kind.wording.many}
            </Show>
          </p>
        </div>
        <Show when={isFiltering()}>
          <Suspense fallback={<Waiting lines={1} />}>
            <Conditions
              worldId={props.worldId}
              fields={fields}
              value={where()}
              onChange={(conditions) => change({ where: conditions.length > 0 ? conditions : undefined })}
            />
          </Suspense>
        </Show>
      </search>

      <div class="mt-4" aria-busy={rows.isFetching()}>
        <Switch>
          <Match when={rows.error()}>
            {(error) => (
              <DidNotArrive what={words.theEntries(kind.wording.many)} error={error()} onRetry={() => rows.retry()}>
                <Button onClick={() => navigate({ search: { layout: layout() } })}>{common.showAll}</Button>
              </DidNotArrive>
            )}
          </Match>
          <Match when={rows.isPending()}>
            <Waiting lines={6} />
          </Match>
          <Match when={rows.total() === 0 && isNarrowed()}>
            <Notice
              title={common.nothingFound}
              actions={<Button onClick={() => navigate({ search: { layout: layout() } })}>{common.showAll}</Button>}
            >
              <p>{words.noneFits(kind.wording.one)}</p>
            </Notice>
          </Match>
          <Match when={rows.total() === 0}>{props.empty}</Match>
          <Match when={layout() === 'table'}>
            <Suspense fallback={<Waiting lines={6} />}>
              <TableLayout
                {...shared()}
                columns={columns()}
                sort={sort()}
                order={order()}
                onSort={(name, direction) => change({ sort: name, order: direction })}
              />
            </Suspense>
          </Match>
          <Match when={layout() === 'cards'}>
            <Suspense fallback={<Waiting lines={6} />}>
              <CardLayout {...shared()} />
            </Suspense>
          </Match>
          <Match when={true}>
            <ListLayout {...shared()} />
          </Match>
        </Switch>
      </div>
      <Show when={selection.selected().size > 0}>
        <Suspense>
          <BulkBar kind={kind} worldId={props.worldId} rows={rows} selection={selection} />
        </Suspense>
      </Show>
    </TagColors.Provider>
  )
}

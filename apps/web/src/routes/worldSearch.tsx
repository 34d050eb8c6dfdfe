import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import SearchIcon from 'lucide-solid/icons/search'
import { createMemo, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { fieldLabel } from '../features/history/fieldLabel.ts'
import { FoundRow } from '../features/search/FoundRow.tsx'
import * as words from '../features/search/words.ts'
import type { WorldSearch as Search } from '../features/search/worldSearch.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { capitalized, isEntityKind, kinds } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { Waiting } from '../ui/panel.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import * as common from '../ui/words.ts'

const Tagged = lazy(() => import('../features/tags/Tagged.tsx'))

type Hit = RouterOutputs['search']['query']['items'][number]

/** Search over everything in a world. */
export default function WorldSearch() {
  const world = useWorld()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/search' })
  const navigate = useNavigate({ from: pagePaths.worldSearch })
  const change = (changes: Search) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  usePageTitle(() => words.searchOf(world().displayName))
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: world().id }))
  const found = useInfiniteQuery(() => {
    const { q = '', kind, tag } = search()
    return {
      ...trpc.search.query.infiniteQueryOptions(
        { worldId: world().id, text: q, limit: 20, ...(kind && { kinds: [kind] }), ...(tag && { tags: [tag] }) },
        { getNextPageParam: (page) => page.nextCursor },
      ),
      enabled: q !== '',
      placeholderData: keepPreviousData,
    }
  })
  const hits = createMemo(() => dataOf(found)?.pages.flatMap((page) => page.items) ?? [])
  const corrections = () => dataOf(found)?.pages[0]?.corrections ?? []
  return (
    <>
      <h1 class="text-4xl">{words.search}</h1>
      <search class="mt-6 flex flex-wrap gap-3">
        <SearchBox
          autofocus
          label={words.namesAndTextsOfThis}
          value={search().q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
        <Choice
          compact
          label={words.kind}
          value={search().kind ?? ''}
          onChange={(kind) => change({ kind: isEntityKind(kind) ? kind : undefined })}
          options={[
            ['', words.allKinds],
            ...Object.values(kinds).map(({ kind, wording }) => [kind, capitalized(wording.many)] as const),
          ]}
        />
        <Show when={(dataOf(tags)?.items.length ?? 0) > 0}>
          <Choice
            compact
            label={common.tag}
            value={search().tag ?? ''}
            onChange={(tag) => change({ tag: tag || undefined })}
            options={[['', words.allTags], ...(dataOf(tags)?.items ?? []).map(({ id, name }) => [id, name] as const)]}
          />
        </Show>
      </search>
      <Switch
        fallback={
          <Notice
            art={<SearchIcon class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
            title={words.whatAreYouLookingFor}
          >
            <p>{words.typosAreFinePutSeveral}</p>
          </Notice>
        }
      >
        <Match when={!search().q && search().tag}>
          {(tag) => (
            <Suspense fallback={<Waiting lines={6} />}>
              <Tagged tagId={tag()} />
            </Suspense>
          )}
        </Match>
        <Match when={search().q}>
          <Show when={corrections().length > 0}>
            <p class="mt-4 text-sm text-soft" role="status">
              <For each={corrections()}>
                {({ word, near }) => <>{words.showingNear(<bdi>{word}</bdi>, <bdi>{near.join(', ')}</bdi>)}</>}
              </For>
            </p>
          </Show>
          <PagedList
            query={found}
            count={hits().length}
            what={words.theSearch}
            empty={
              <Notice
                title={common.nothingFound}
                actions={
                  <Show when={search().kind || search().tag}>
                    <Button onClick={() => change({ kind: undefined, tag: undefined })}>
                      {words.searchEverything}
                    </Button>
                  </Show>
                }
              >
                <p>{words.nothingHas(<bdi>{search().q}</bdi>)}</p>
              </Notice>
            }
          >
            <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
              <For each={hits()}>{(hit) => <HitRow hit={hit} />}</For>
            </ul>
          </PagedList>
        </Match>
      </Switch>
    </>
  )
}

function HitRow(props: { hit: Hit }) {
  const isInName = () => props.hit.field === 'displayName' || props.hit.field === 'name'
  return (
    <FoundRow worldId={props.hit.worldId} kind={props.hit.kind} id={props.hit.id} name={props.hit.displayName}>
      <Show when={!isInName()} fallback={<span class="line-clamp-2">{props.hit.description}</span>}>
        <span class="font-medium">{fieldLabel(props.hit.kind, props.hit.field)}: </span>
        <For each={props.hit.excerpt}>
          {({ text, isMatch }) => (
            <Show when={isMatch} fallback={text}>
              <mark class="rounded bg-accent-wash px-0.5 text-ink">{text}</mark>
            </Show>
          )}
        </For>
      </Show>
    </FoundRow>
  )
}

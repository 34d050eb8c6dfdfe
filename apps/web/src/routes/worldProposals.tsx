import { keepPreviousData, useInfiniteQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import GitPullRequest from 'lucide-solid/icons/git-pull-request-arrow'
import { createMemo, For, Show } from 'solid-js'
import { ProposedBy } from '../features/proposals/ProposedBy.tsx'
import { statusLooks, statusNames } from '../features/proposals/status.ts'
import * as words from '../features/proposals/words.ts'
import { Why } from '../features/session/Why.tsx'
import { useWorld } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Choice } from '../ui/choice.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { Badge } from '../ui/panel.tsx'

/** Changes that were proposed in a world, also by programs. */
export default function WorldProposals() {
  const world = useWorld()
  usePageTitle(() => words.proposalsOf(world().displayName))
  return (
    <Show
      when={world().role}
      fallback={
        <Notice title={words.onlyMembersSeeProposals}>
          <p>{words.thisWorldIsShared}</p>
          <Why procedure="changeSet.list" worldId={world().id} />
        </Notice>
      }
    >
      <Proposals />
    </Show>
  )
}

function Proposals() {
  const world = useWorld()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/proposals' })
  const navigate = useNavigate({ from: pagePaths.worldProposals })
  const showsAll = () => search().show === 'all'
  const found = useInfiniteQuery(() => ({
    ...trpc.changeSet.list.infiniteQueryOptions(
      { worldId: world().id, limit: 30, ...(!showsAll() && { status: 'pending' as const }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(found)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{words.proposals}</h1>
        <Choice
          compact
          label={words.showing}
          value={search().show ?? ''}
          onChange={(show) => navigate({ search: show === 'all' ? { show } : {}, replace: true })}
          options={[
            ['', words.pending],
            ['all', words.allProposals],
          ]}
        />
      </div>
      <PagedList
        query={found}
        count={items().length}
        what={words.theProposals}
        empty={
          <Notice
            art={<GitPullRequest class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
            title={showsAll() ? words.noProposalsYet : words.noProposals}
          >
            <p>{words.programsPropose}</p>
          </Notice>
        }
      >
        <ul class="divide-y divide-line rounded-3xl border border-line bg-card shadow-card">
          <For each={items()}>
            {(changeSet) => (
              <li class="px-5 py-4">
                <div class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                  <Link
                    to={pagePaths.worldProposal}
                    params={{ worldId: world().id, changeSetId: changeSet.id }}
                    class="min-w-0 font-medium break-words underline decoration-line underline-offset-4 hover:decoration-accent"
                  >
                    <bdi>{changeSet.title}</bdi>
                  </Link>
                  <Show when={showsAll()}>
                    <Badge look={statusLooks[changeSet.status]}>{statusNames[changeSet.status]}</Badge>
                  </Show>
                  <span class="text-sm text-soft sm:ml-auto">{words.changesCount(changeSet.count)}</span>
                </div>
                <div class="mt-1">
                  <ProposedBy changeSet={changeSet} />
                </div>
              </li>
            )}
          </For>
        </ul>
      </PagedList>
    </>
  )
}

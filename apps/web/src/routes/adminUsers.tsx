import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import * as words from '../features/admin/words.ts'
import { Permitted, useMay } from '../features/session/permitted.tsx'
import { queryClient, trpc, type User } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { Badge } from '../ui/panel.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import { showToast } from '../ui/toast.ts'

const UserRolesDialog = lazyDialog(() => import('../features/admin/UserRolesDialog.tsx'))

const states = [
  ['all', words.activeOrNot],
  ['active', words.active],
  ['inactive', words.deactivated],
] as const

export default function AdminUsers() {
  return (
    <Permitted needs="user:read" procedure="user.list">
      <People />
    </Permitted>
  )
}

function People() {
  usePageTitle(() => words.people)
  const may = useMay()
  const search = useSearch({ from: '/signed-in/administration/admin/users' })
  const navigate = useNavigate({ from: pagePaths.adminUsers })
  const me = useQuery(() => trpc.me.get.queryOptions())
  const roles = useQuery(() => ({ ...trpc.role.list.queryOptions(), enabled: may('role:read') }))
  const [assigning, setAssigning] = createSignal<User>()
  const [resetting, setResetting] = createSignal<User>()
  const [deactivating, setDeactivating] = createSignal<User>()
  const people = useInfiniteQuery(() => ({
    ...trpc.user.list.infiniteQueryOptions(
      {
        limit: 50,
        ...(search().q && { search: search().q }),
        ...(search().role && { role: search().role }),
        ...(search().state && { isActive: search().state === 'active' }),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(people)?.pages.flatMap((page) => page.items) ?? [])
  const refresh = () => queryClient.invalidateQueries(trpc.user.pathFilter())
  const activate = useMutation(() =>
    trpc.user.activate.mutationOptions({
      onSuccess: (user) => showToast(words.maySignInAgain(user.displayName)),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: () => void refresh(),
    }),
  )
  const reset = useMutation(() => trpc.user.resetSecondFactors.mutationOptions({ onSuccess: () => void refresh() }))
  const deactivate = useMutation(() => trpc.user.deactivate.mutationOptions({ onSuccess: () => void refresh() }))

  return (
    <>
      <h1 class="sr-only">{words.people}</h1>
      <search class="flex flex-wrap gap-3">
        <SearchBox
          label={words.searchByNameOrAddress}
          value={search().q ?? ''}
          onChange={(q) => navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: true })}
        />
        <Choice
          compact
          label={words.role}
          value={search().role ?? ''}
          onChange={(role) => navigate({ search: (old) => ({ ...old, role: role || undefined }), replace: true })}
          options={[['', words.anyRole], ...(dataOf(roles)?.items ?? []).map(({ name }) => [name, name] as const)]}
        />
        <Choice
          compact
          label={words.state}
          value={search().state ?? 'all'}
          onChange={(state) =>
            navigate({ search: (old) => ({ ...old, state: state === 'all' ? undefined : state }), replace: true })
          }
          options={states}
        />
      </search>

      <PagedList
        query={people}
        count={items().length}
        what={words.thePeople}
        empty={
          <Notice title={words.nobodyFound}>
            <p>{words.nobodyMatches}</p>
          </Notice>
        }
      >
        <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
          <For each={items()}>
            {(user) => (
              <li class="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
                <div class="min-w-0 grow basis-64">
                  <p class="flex flex-wrap items-center gap-2 font-medium">
                    <bdi>{user.displayName}</bdi>
                    <Show when={user.id === dataOf(me)?.id}>
                      <Badge look="good">{words.you}</Badge>
                    </Show>
                    <Show when={!user.isActive}>
                      <Badge look="danger">{words.isDeactivated}</Badge>
                    </Show>
                    <Show when={user.hasSecondFactor}>
                      <Badge>{words.secondFactor}</Badge>
                    </Show>
                  </p>
                  <p class="text-sm text-soft">
                    {user.email ?? words.noAddress}
                    {user.email && !user.emailVerified ? words.notConfirmed : ''} ·{' '}
                    {user.lastSeenAt ? words.seen(timeAgo(user.lastSeenAt)) : words.notSignedIn}
                  </p>
                </div>
                <p class="flex flex-wrap gap-1.5">
                  <For each={user.roles} fallback={<Badge>{words.noRole}</Badge>}>
                    {(role) => <Badge look="accent">{role}</Badge>}
                  </For>
                </p>
                <Show when={may('user:update')}>
                  <div class="flex flex-wrap gap-2">
                    <Button onClick={() => setAssigning(user)} disabled={!may('role:read')}>
                      {words.rolesOfWhom(<span class="sr-only">{words.ofWhom(user.displayName)}</span>)}
                    </Button>
                    <Show when={user.hasSecondFactor && user.id !== dataOf(me)?.id}>
                      <Button onClick={() => setResetting(user)}>
                        {words.resetFactorsOfWhom(<span class="sr-only">{words.ofWhom(user.displayName)}</span>)}
                      </Button>
                    </Show>
                    <Button onClick={() => (user.isActive ? setDeactivating(user) : activate.mutate({ id: user.id }))}>
                      {user.isActive ? words.deactivate : words.activate}
                      <span class="sr-only"> {user.displayName}</span>
                    </Button>
                  </div>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </PagedList>

      <Show when={assigning()} keyed>
        {(user) => (
          <UserRolesDialog user={user} roles={dataOf(roles)?.items ?? []} onClose={() => setAssigning(undefined)} />
        )}
      </Show>
      <Show when={resetting()} keyed>
        {(user) => (
          <Confirm
            title={words.resetFactorsQuestion(user.displayName)}
            action={words.resetFactors}
            onClose={() => setResetting(undefined)}
            onConfirm={() => reset.mutateAsync({ id: user.id })}
          >
            {words.resetFactorsHint}
          </Confirm>
        )}
      </Show>
      <Show when={deactivating()} keyed>
        {(user) => (
          <Confirm
            title={words.deactivateWho(user.displayName)}
            action={words.deactivate}
            onClose={() => setDeactivating(undefined)}
            onConfirm={() => deactivate.mutateAsync({ id: user.id })}
          >
            {words.deactivateHint}
          </Confirm>
        )}
      </Show>
    </>
  )
}

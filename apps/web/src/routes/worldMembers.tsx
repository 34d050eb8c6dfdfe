import { useMutation, useQuery } from '@tanstack/solid-query'
import { Link, useNavigate } from '@tanstack/solid-router'
import LogOut from 'lucide-solid/icons/log-out'
import UserPlus from 'lucide-solid/icons/user-plus'
import Webhook from 'lucide-solid/icons/webhook'
import { createSignal, For, Show } from 'solid-js'
import { roleLabels } from '../features/members/roleLabels.ts'
import * as words from '../features/members/words.ts'
import { optimistic } from '../features/records/optimistic.ts'
import { Why } from '../features/session/Why.tsx'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { queryClient, type RouterInputs, type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Badge, Panel, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

const InvitationDialog = lazyDialog(() => import('../features/members/InvitationDialog.tsx'))

type Members = RouterOutputs['member']['list']
type Member = Members['items'][number]
type Invitation = RouterOutputs['invitation']['list']['items'][number]
type Asked = { readonly about: 'remove' | 'transfer'; readonly member: Member } | { readonly about: 'leave' }

/** A world's members and invitations. */
export default function WorldMembers() {
  const rights = useWorldRights()
  const world = useWorld()
  usePageTitle(() => words.membersOf(world().displayName))
  return (
    <Show
      when={rights.maySeeMembers()}
      fallback={
        <Notice title={words.onlyMembersSeeTheMembers}>
          <p>{words.thisWorldIsSharedWith}</p>
          <Why procedure="member.list" worldId={world().id} />
        </Notice>
      }
    >
      <h1 class="mb-6 text-4xl">{common.members}</h1>
      <div class="grid gap-6">
        <Members />
        <Show when={rights.mayUpdateMembers()}>
          <Invitations />
        </Show>
        <Show when={rights.isOwner()}>
          <Panel
            title={words.otherServices}
            hint={words.haveWhatIsChangedIn}
            actions={
              <Link to={pagePaths.worldWebhooks} params={{ worldId: world().id }} class={buttonClass('plain')}>
                <Webhook class="size-4" aria-hidden="true" />
                {words.webhooks}
              </Link>
            }
          >
            <p class="text-sm text-soft">{words.programsCanAlsoFollowIt}</p>
          </Panel>
        </Show>
      </div>
    </Show>
  )
}

function Members() {
  const world = useWorld()
  const rights = useWorldRights()
  const navigate = useNavigate()
  const [asked, setAsked] = createSignal<Asked>()
  const me = useQuery(() => trpc.me.get.queryOptions())
  const listed = () => trpc.member.list.queryOptions({ worldId: world().id })
  const members = useQuery(listed)
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.member.pathFilter()),
      queryClient.invalidateQueries(trpc.world.pathFilter()),
    ])
  const update = useMutation(() =>
    trpc.member.update.mutationOptions({
      ...optimistic(listed, ({ items, ...rest }: Members, { userId, role }: RouterInputs['member']['update']) => ({
        ...rest,
        items: items.map((member) => (member.userId === userId ? { ...member, role } : member)),
      })),
      onSuccess: () => showChanged(words.changed),
      onSettled: refresh,
    }),
  )
  const remove = useMutation(() =>
    trpc.member.remove.mutationOptions({
      onSuccess: () => {
        showChanged(words.theyAreNotAMember)
        return refresh()
      },
    }),
  )
  const transfer = useMutation(() => trpc.world.transfer.mutationOptions({ onSuccess: refresh }))
  const leave = useMutation(() => trpc.member.leave.mutationOptions())
  const askedOf = (about: 'remove' | 'transfer') => {
    const current = asked()
    return current?.about === about ? current.member : undefined
  }
  const close = () => setAsked(undefined)
  return (
    <Panel
      title={words.whoShares(world().displayName)}
      hint={words.viewersReadEditorsWriteToo}
      actions={
        <Show when={world().role !== 'owner'}>
          <Button look="danger" onClick={() => setAsked({ about: 'leave' })}>
            <LogOut class="size-4" aria-hidden="true" />
            {words.leave}
          </Button>
        </Show>
      }
    >
      <Loaded query={members}>
        {(list) => (
          <ul class="divide-y divide-line">
            <For each={list().items}>
              {(member) => (
                <li class="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
                  <div class="min-w-0 grow basis-56">
                    <p class="flex flex-wrap items-center gap-2 font-medium">
                      <bdi>{member.displayName}</bdi>
                      <Show when={member.userId === dataOf(me)?.id}>
                        <Badge look="good">{words.you}</Badge>
                      </Show>
                    </p>
                    <p class="text-sm text-soft">
                      <Show when={member.email}>{member.email} · </Show>
                      {words.memberSince(<time dateTime={member.createdAt}>{timeAgo(member.createdAt)}</time>)}
                    </p>
                  </div>
                  <Show
                    when={rights.mayUpdateMembers() && member.role !== 'owner'}
                    fallback={<Badge look="accent">{roleLabels[member.role]}</Badge>}
                  >
                    <div class="flex flex-wrap items-center gap-2">
                      <Choice
                        compact
                        label={words.roleOf(member.displayName)}
                        value={member.role === 'editor' ? 'editor' : 'viewer'}
                        onChange={(role) => update.mutate({ worldId: world().id, userId: member.userId, role })}
                        options={[
                          ['viewer', roleLabels.viewer],
                          ['editor', roleLabels.editor],
                        ]}
                      />
                      <Button onClick={() => setAsked({ about: 'transfer', member })}>
                        {words.makeOwnerWhom(<span class="sr-only">: {member.displayName}</span>)}
                      </Button>
                      <Button look="danger" onClick={() => setAsked({ about: 'remove', member })}>
                        {words.removeWhom(<span class="sr-only"> {member.displayName}</span>)}
                      </Button>
                    </div>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <Show when={askedOf('remove')} keyed>
        {(member) => (
          <Confirm
            title={words.removeNamed(member.displayName)}
            action={words.remove}
            onClose={close}
            onConfirm={() => remove.mutateAsync({ worldId: world().id, userId: member.userId })}
          >
            {words.theyCannotReadThisWorld}
          </Confirm>
        )}
      </Show>
      <Show when={askedOf('transfer')} keyed>
        {(member) => (
          <Confirm
            title={words.makeOwnerNamed(member.displayName)}
            action={words.transfer}
            onClose={close}
            onConfirm={() => transfer.mutateAsync({ id: world().id, userId: member.userId })}
          >
            {words.theyDecideFromThenOn}
          </Confirm>
        )}
      </Show>
      <Show when={asked()?.about === 'leave'}>
        <Confirm
          title={words.leaveNamed(world().displayName)}
          action={words.leave}
          onClose={close}
          onConfirm={async () => {
            await leave.mutateAsync({ worldId: world().id })
            await navigate({ to: pagePaths.worlds })
            await queryClient.invalidateQueries(trpc.world.pathFilter())
          }}
        >
          {words.youCanComeBackOnly}
        </Confirm>
      </Show>
    </Panel>
  )
}

function Invitations() {
  const world = useWorld()
  const [inviting, setInviting] = createSignal(false)
  const invitations = useQuery(() => trpc.invitation.list.queryOptions({ worldId: world().id }))
  const refresh = () => queryClient.invalidateQueries(trpc.invitation.pathFilter())
  const revoke = useMutation(() =>
    trpc.invitation.revoke.mutationOptions({
      onSuccess: () => showToast(words.itsLinkNoLongerWorks),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: refresh,
    }),
  )
  return (
    <Panel
      title={words.invitations}
      hint={words.linksPeopleCanJoinWith}
      actions={
        <Button look="primary" onClick={() => setInviting(true)}>
          <UserPlus class="size-4" aria-hidden="true" />
          {words.invite}
        </Button>
      }
    >
      <Loaded query={invitations} waiting={<Waiting lines={2} />}>
        {(list) => (
          <ul class="divide-y divide-line">
            <For each={list().items} fallback={<li class="text-sm text-soft">{words.thereAreNoOpenInvitations}</li>}>
              {(invitation) => (
                <li class="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
                  <div class="min-w-0">
                    <p class="font-medium">{invitation.email ?? words.whoeverHasTheLink}</p>
                    <p class="text-sm text-soft">
                      {words.invitationState(
                        roleLabels[invitation.role],
                        usesLeft(invitation),
                        <time dateTime={invitation.expiresAt}>{timeAgo(invitation.expiresAt)}</time>,
                      )}
                    </p>
                  </div>
                  <Button onClick={() => revoke.mutate({ id: invitation.id })} disabled={revoke.isPending}>
                    {words.revokeWhat(
                      <span class="sr-only">{words.invitationOf(invitation.email ?? words.ofWhoever)}</span>,
                    )}
                  </Button>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <Show when={inviting()}>
        <InvitationDialog worldId={world().id} onClose={() => setInviting(false)} onMade={() => void refresh()} />
      </Show>
    </Panel>
  )
}

function usesLeft({ maxUses, useCount }: Invitation): string {
  return maxUses === 1 ? words.forOnePerson : words.usesOf(useCount, maxUses)
}

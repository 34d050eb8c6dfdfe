import { useMutation, useQuery } from '@tanstack/solid-query'
import { Link, useNavigate } from '@tanstack/solid-router'
import LogOut from 'lucide-solid/icons/log-out'
import UserPlus from 'lucide-solid/icons/user-plus'
import Webhook from 'lucide-solid/icons/webhook'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { roleLabels } from '../features/members/roleLabels.ts'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { queryClient, type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { Badge, Panel, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'

const InvitationDialog = lazyDialog(() => import('../features/members/InvitationDialog.tsx'))

type Member = RouterOutputs['member']['list']['items'][number]
type Invitation = RouterOutputs['invitation']['list']['items'][number]
type Asked = { readonly about: 'remove' | 'transfer'; readonly member: Member } | { readonly about: 'leave' }

/** A world's members and invitations. */
export default function WorldMembers() {
  const rights = useWorldRights()
  const world = useWorld()
  usePageTitle(() => `Members · ${world().displayName}`)
  return (
    <Show
      when={rights.maySeeMembers()}
      fallback={
        <Notice title="Only members see the members">
          <p>This world is shared with you to read. Ask its owner for an invitation.</p>
        </Notice>
      }
    >
      <h1 class="mb-6 text-4xl">Members</h1>
      <div class="grid gap-6">
        <Members />
        <Show when={rights.mayUpdateMembers()}>
          <Invitations />
        </Show>
        <Show when={rights.isOwner()}>
          <Panel
            title="Other services"
            hint="Have what is changed in this world posted to addresses of yours."
            actions={
              <Link to={pagePaths.worldWebhooks} params={{ worldId: world().id }} class={buttonClass('plain')}>
                <Webhook class="size-4" aria-hidden="true" />
                Webhooks
              </Link>
            }
          >
            <p class="text-sm text-soft">Programs can also follow it with an API key: see the API’s documentation.</p>
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
  const members = useQuery(() => trpc.member.list.queryOptions({ worldId: world().id }))
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.member.pathFilter()),
      queryClient.invalidateQueries(trpc.world.pathFilter()),
    ])
  const update = useMutation(() =>
    trpc.member.update.mutationOptions({
      onSuccess: () => showChanged('Changed.'),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: refresh,
    }),
  )
  const remove = useMutation(() =>
    trpc.member.remove.mutationOptions({
      onSuccess: () => {
        showChanged('They are not a member any more.')
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
      title={`Who shares “${world().displayName}”`}
      hint="Viewers read; editors write too; the owner decides who does."
      actions={
        <Show when={world().role !== 'owner'}>
          <Button look="danger" onClick={() => setAsked({ about: 'leave' })}>
            <LogOut class="size-4" aria-hidden="true" />
            Leave
          </Button>
        </Show>
      }
    >
      <Switch>
        <Match when={members.isPending}>
          <Waiting />
        </Match>
        <Match when={members.isError}>
          <Alert>{failureOf(members.error).message}</Alert>
        </Match>
        <Match when={dataOf(members)}>
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list().items}>
                {(member) => (
                  <li class="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
                    <div class="min-w-0 grow basis-56">
                      <p class="flex flex-wrap items-center gap-2 font-medium">
                        <bdi>{member.displayName}</bdi>
                        <Show when={member.userId === dataOf(me)?.id}>
                          <Badge look="good">you</Badge>
                        </Show>
                      </p>
                      <p class="text-sm text-soft">
                        <Show when={member.email}>{member.email} · </Show>since{' '}
                        <time dateTime={member.createdAt}>{timeAgo(member.createdAt)}</time>
                      </p>
                    </div>
                    <Show
                      when={rights.mayUpdateMembers() && member.role !== 'owner'}
                      fallback={<Badge look="accent">{roleLabels[member.role]}</Badge>}
                    >
                      <div class="flex flex-wrap items-center gap-2">
                        <Choice
                          compact
                          label={`Role of ${member.displayName}`}
                          value={member.role === 'editor' ? 'editor' : 'viewer'}
                          onChange={(role) => update.mutate({ worldId: world().id, userId: member.userId, role })}
                          options={[
                            ['viewer', roleLabels.viewer],
                            ['editor', roleLabels.editor],
                          ]}
                        />
                        <Button onClick={() => setAsked({ about: 'transfer', member })}>
                          Make owner<span class="sr-only">: {member.displayName}</span>
                        </Button>
                        <Button look="danger" onClick={() => setAsked({ about: 'remove', member })}>
                          Remove<span class="sr-only"> {member.displayName}</span>
                        </Button>
                      </div>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={askedOf('remove')} keyed>
        {(member) => (
          <Confirm
            title={`Remove ${member.displayName}?`}
            action="Remove"
            onClose={close}
            onConfirm={() => remove.mutateAsync({ worldId: world().id, userId: member.userId })}
          >
            They cannot read this world any more, unless it is public. What they wrote stays.
          </Confirm>
        )}
      </Show>
      <Show when={askedOf('transfer')} keyed>
        {(member) => (
          <Confirm
            title={`Make ${member.displayName} the owner?`}
            action="Transfer"
            onClose={close}
            onConfirm={() => transfer.mutateAsync({ id: world().id, userId: member.userId })}
          >
            They decide from then on who shares the world, and whether it is deleted. You stay, as an editor.
          </Confirm>
        )}
      </Show>
      <Show when={asked()?.about === 'leave'}>
        <Confirm
          title={`Leave “${world().displayName}”?`}
          action="Leave"
          onClose={close}
          onConfirm={async () => {
            await leave.mutateAsync({ worldId: world().id })
            await navigate({ to: pagePaths.worlds })
            await queryClient.invalidateQueries(trpc.world.pathFilter())
          }}
        >
          You can come back only with another invitation. What you wrote stays.
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
      onSuccess: () => showToast('Its link no longer works.'),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: refresh,
    }),
  )
  return (
    <Panel
      title="Invitations"
      hint="Links people can join with until they are used up or expire."
      actions={
        <Button look="primary" onClick={() => setInviting(true)}>
          <UserPlus class="size-4" aria-hidden="true" />
          Invite
        </Button>
      }
    >
      <Switch>
        <Match when={invitations.isPending}>
          <Waiting lines={2} />
        </Match>
        <Match when={invitations.isError}>
          <Alert>{failureOf(invitations.error).message}</Alert>
        </Match>
        <Match when={dataOf(invitations)}>
          {(list) => (
            <ul class="divide-y divide-line">
              <For each={list().items} fallback={<li class="text-sm text-soft">There are no open invitations.</li>}>
                {(invitation) => (
                  <li class="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
                    <div class="min-w-0">
                      <p class="font-medium">{invitation.email ?? 'Whoever has the link'}</p>
                      <p class="text-sm text-soft">
                        {roleLabels[invitation.role]} · {usesLeft(invitation)} · runs out{' '}
                        <time dateTime={invitation.expiresAt}>{timeAgo(invitation.expiresAt)}</time>
                      </p>
                    </div>
                    <Button onClick={() => revoke.mutate({ id: invitation.id })} disabled={revoke.isPending}>
                      Revoke<span class="sr-only"> the invitation of {invitation.email ?? 'whoever has the link'}</span>
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={inviting()}>
        <InvitationDialog worldId={world().id} onClose={() => setInviting(false)} onMade={() => void refresh()} />
      </Show>
    </Panel>
  )
}

function usesLeft({ maxUses, useCount }: Invitation): string {
  return maxUses === 1 ? 'for one person' : `${useCount} of ${maxUses} joined`
}

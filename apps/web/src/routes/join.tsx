import { useMutation, useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import Mail from 'lucide-solid/icons/mail-open'
import MailX from 'lucide-solid/icons/mail-x'
import { Match, Show, Switch } from 'solid-js'
import { roleLabels } from '../features/members/roleLabels.ts'
import * as words from '../features/members/words.ts'
import { queryClient, trpc } from '../lib/api.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

/** The page of an invitation link: shows what it is for, and joins on request. */
export default function Join() {
  usePageTitle(() => words.anInvitation)
  const search = useSearch({ from: '/signed-in/join' })
  const navigate = useNavigate()
  const token = () => search().token ?? ''
  const invitation = useQuery(() => trpc.invitation.show.queryOptions({ token: token() }))
  const accept = useMutation(() =>
    trpc.invitation.accept.mutationOptions({
      onSuccess: (world) => {
        void queryClient.invalidateQueries(trpc.world.pathFilter())
        showToast(words.welcomeTo(world.displayName))
        void navigate({ to: pagePaths.world, params: { worldId: world.id }, replace: true })
      },
    }),
  )
  const toWorlds = () => (
    <Link to={pagePaths.worlds} class={buttonClass('plain')}>
      {common.toYourWorlds}
    </Link>
  )
  return (
    <Switch>
      <Match when={invitation.isPending}>
        <Waiting lines={3} />
      </Match>
      <Match when={invitation.isError}>
        <Notice
          art={<MailX class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
          title={words.thisInvitationDoesNotWork}
          actions={toWorlds()}
        >
          <p>{failureOf(invitation.error).message}</p>
          <p class="mt-2">{words.itMayHaveBeenUsed}</p>
        </Notice>
      </Match>
      <Match when={invitation.data}>
        {(shown) => (
          <Notice
            art={<Mail class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
            title={shown().worldName}
            actions={
              <Show
                when={!shown().currentRole}
                fallback={
                  <Link to={pagePaths.world} params={{ worldId: shown().worldId }} class={buttonClass('primary')}>
                    {words.goThere}
                  </Link>
                }
              >
                <Button look="primary" disabled={accept.isPending} onClick={() => accept.mutate({ token: token() })}>
                  {words.joinAs(roleLabels[shown().role])}
                </Button>
                {toWorlds()}
              </Show>
            }
          >
            <Show
              when={!shown().currentRole}
              fallback={<p>{words.youAreInIt(roleLabels[shown().currentRole ?? 'viewer'])}</p>}
            >
              <p>
                {(shown().role === 'editor' ? words.invitesYouToWrite : words.invitesYouToRead)(
                  <bdi class="font-medium text-ink">{shown().invitedBy}</bdi>,
                  timeAgo(shown().expiresAt),
                )}
              </p>
            </Show>
            <Show when={accept.isError}>
              <div class="mt-4">
                <Alert>{failureOf(accept.error).message}</Alert>
              </div>
            </Show>
          </Notice>
        )}
      </Match>
    </Switch>
  )
}

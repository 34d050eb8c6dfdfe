import { useMutation, useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import LinkIcon from 'lucide-solid/icons/link'
import { createSignal, For, Show } from 'solid-js'
import { queryClient, type RouterOutputs, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { kinds } from '../../lib/kinds.ts'
import { timeAgo } from '../../lib/time.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel, Waiting } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as settings from '../settings/words.ts'
import { useWorld } from '../worlds/worldContext.ts'
import * as words from './words.ts'

const ShareDialog = lazyDialog(() => import('./ShareDialog.tsx'))

type ShareLink = RouterOutputs['shareLink']['list']['items'][number]

/** The links with which people without an account read a world or a part of it, and who has opened them. */
export default function ShareLinks() {
  const world = useWorld()
  const [isMaking, setMaking] = createSignal(false)
  const links = useQuery(() => trpc.shareLink.list.queryOptions({ worldId: world().id }))
  const revoke = useMutation(() =>
    trpc.shareLink.revoke.mutationOptions({
      onSuccess: () => showToast(words.nobodyCanReadWithThat),
      onError: (error) => showToast(failureOf(error).message),
      onSettled: () => queryClient.invalidateQueries(trpc.shareLink.pathFilter()),
    }),
  )
  return (
    <Panel
      title={words.shareLinks}
      hint={words.whoeverHasOneCanRead}
      actions={
        <Button onClick={() => setMaking(true)}>
          <LinkIcon class="size-4" aria-hidden="true" />
          {words.newShareLink}
        </Button>
      }
    >
      <Loaded query={links} what={words.theShareLinks} waiting={<Waiting lines={2} />}>
        {(list) => (
          <ul class="divide-y divide-line">
            <For each={list().items} fallback={<li class="text-sm text-soft">{words.thereAreNoShareLinks}</li>}>
              {(link) => (
                <li class="py-4 first:pt-0 last:pb-0">
                  <div class="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
                    <div class="min-w-0">
                      <p class="font-medium">{link.label || words.shareLink}</p>
                      <p class="text-sm text-soft">
                        <Show when={link.entity} fallback={words.theWholeWorld}>
                          {(entry) => (
                            <Link
                              to={pagePaths.entity}
                              params={{
                                worldId: world().id,
                                plural: kinds[entry().kind].plural,
                                entityId: entry().id,
                              }}
                              class="underline underline-offset-4"
                            >
                              {entry().displayName}
                            </Link>
                          )}
                        </Show>{' '}
                        · {stateOf(link)}
                      </p>
                    </div>
                    <Show when={!link.revokedAt}>
                      <Button onClick={() => revoke.mutate({ id: link.id })} disabled={revoke.isPending}>
                        {words.revokeWhich(<span class="sr-only"> {link.label || words.unnamedLink}</span>)}
                      </Button>
                    </Show>
                  </div>
                  <Show when={link.useCount > 0}>
                    <Openings link={link} />
                  </Show>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <Show when={isMaking()}>
        <ShareDialog worldId={world().id} onClose={() => setMaking(false)} />
      </Show>
    </Panel>
  )
}

/** When and in which browsers a link was opened; asked for once it is unfolded. */
function Openings(props: { link: ShareLink }) {
  const [isOpen, setOpen] = createSignal(false)
  const visits = useQuery(() => ({
    ...trpc.shareLink.visits.queryOptions({ id: props.link.id }),
    enabled: isOpen(),
  }))
  const { useCount } = props.link
  return (
    <details class="mt-2 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="min-h-6 text-soft">{words.openedIn(useCount)}</summary>
      <ul class="mt-2 grid gap-1 ps-4">
        <For each={dataOf(visits)?.items} fallback={<li class="text-soft">…</li>}>
          {(visit) => (
            <li>
              {settings.deviceNamed(visit.device)}, <time dateTime={visit.openedAt}>{timeAgo(visit.openedAt)}</time>
            </li>
          )}
        </For>
      </ul>
    </details>
  )
}

function stateOf({ revokedAt, expiresAt, maxUses, useCount, isOpen }: ShareLink): string {
  if (revokedAt) return words.revoked(timeAgo(revokedAt))
  if (expiresAt && new Date(expiresAt) <= new Date()) return words.expired(timeAgo(expiresAt))
  if (!isOpen) return words.showsNothingAsItIs
  const end = expiresAt ? words.expires(timeAgo(expiresAt)) : words.neverExpires
  return maxUses === null ? end : words.usesOf(end, useCount, maxUses)
}

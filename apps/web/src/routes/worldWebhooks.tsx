import { useMutation, useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, lazy, Show, Suspense } from 'solid-js'
import * as words from '../features/webhooks/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { queryClient, trpc, type Webhook } from '../lib/api.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Badge, Panel, Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import * as common from '../ui/words.ts'

const WebhookDialog = lazyDialog(() => import('../features/webhooks/WebhookDialog.tsx'))
const SecretShown = lazy(() => import('../features/webhooks/SecretShown.tsx'))
const Deliveries = lazy(() => import('../features/webhooks/Deliveries.tsx'))

/** The addresses that are told what happens in a world. */
export default function WorldWebhooks() {
  const rights = useWorldRights()
  const world = useWorld()
  usePageTitle(() => words.webhooksOf(world().displayName))
  return (
    <Show
      when={rights.isOwner()}
      fallback={
        <Notice title={words.onlyTheOwnerSeesThe}>
          <p>{words.whatIsSentFromThis}</p>
        </Notice>
      }
    >
      <Link
        to={pagePaths.worldMembers}
        params={{ worldId: world().id }}
        class="inline-flex items-center gap-1 text-sm text-soft hover:text-ink"
      >
        <ChevronLeft class="size-4" aria-hidden="true" />
        {common.members}
      </Link>
      <h1 class="mt-2 mb-6 text-4xl">{words.webhooks}</h1>
      <Webhooks />
    </Show>
  )
}

type Opened = { readonly as: 'edit'; readonly webhook?: Webhook } | { readonly as: 'secret'; readonly secret: string }

function Webhooks() {
  const world = useWorld()
  const [opened, setOpened] = createSignal<Opened>()
  const webhooks = useQuery(() => ({
    ...trpc.webhook.list.queryOptions({ worldId: world().id }),
    refetchInterval: 5000,
  }))
  const showSecret = (secret: string | undefined) => setOpened(secret ? { as: 'secret', secret } : undefined)
  const edited = () => {
    const current = opened()
    return current?.as === 'edit' ? current : undefined
  }
  const secret = () => {
    const current = opened()
    return current?.as === 'secret' ? current.secret : undefined
  }
  return (
    <Panel
      title={words.addresses}
      hint={words.whatIsChangedInThis}
      actions={
        <Button look="primary" onClick={() => setOpened({ as: 'edit' })}>
          <Plus class="size-4" aria-hidden="true" />
          {words.newWebhook}
        </Button>
      }
    >
      <Loaded query={webhooks}>
        {(list) => (
          <ul class="divide-y divide-line">
            {/* By id, so that what is open stays open when the list is fetched again. */}
            <For
              each={list().items.map(({ id }) => id)}
              fallback={<li class="text-sm text-soft">{words.noAddressIsToldAnything}</li>}
            >
              {(id) => (
                <Show when={list().items.find((webhook) => webhook.id === id)}>
                  {(webhook) => (
                    <Line
                      webhook={webhook()}
                      onEdit={() => setOpened({ as: 'edit', webhook: webhook() })}
                      onSecret={showSecret}
                    />
                  )}
                </Show>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <Suspense>
        <Show when={edited()} keyed>
          {({ webhook }) => (
            <WebhookDialog
              worldId={world().id}
              webhook={webhook}
              onClose={() => setOpened(undefined)}
              onSaved={showSecret}
            />
          )}
        </Show>
        <Show when={secret()} keyed>
          {(given) => <SecretShown secret={given} onClose={() => setOpened(undefined)} />}
        </Show>
      </Suspense>
    </Panel>
  )
}

const offTexts = {
  owner: words.switchedOff,
  failures: words.switchedOffAfterADay,
  gone: words.switchedOffAsTheAddress,
  access: words.switchedOffAsWhoAdded,
} as const

function Line(props: { webhook: Webhook; onEdit: () => void; onSecret: (secret: string) => void }) {
  const [showsDeliveries, setShowsDeliveries] = createSignal(false)
  const [isDeleting, setDeleting] = createSignal(false)
  const settled = {
    onError: (error: unknown) => showToast(failureOf(error).message),
    onSettled: () => queryClient.invalidateQueries(trpc.webhook.pathFilter()),
  }
  const update = useMutation(() => trpc.webhook.update.mutationOptions(settled))
  const ping = useMutation(() =>
    trpc.webhook.ping.mutationOptions({ ...settled, onSuccess: () => void setShowsDeliveries(true) }),
  )
  const rotate = useMutation(() =>
    trpc.webhook.rotate.mutationOptions({ ...settled, onSuccess: ({ secret }) => props.onSecret(secret) }),
  )
  const remove = useMutation(() => trpc.webhook.delete.mutationOptions(settled))
  const host = () => new URL(props.webhook.url).host
  const state = () => {
    const { isActive, offBecause, failures, nextAttemptAt, pending } = props.webhook
    if (!isActive) return offTexts[offBecause ?? 'owner']
    if (failures > 0) return words.failingSo(failures, timeAgo(nextAttemptAt))
    return pending > 0 ? words.toBeDelivered(pending) : words.upToDate
  }
  return (
    <li class="py-5 first:pt-0 last:pb-0">
      <div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div class="min-w-0 grow basis-64">
          <p class="flex flex-wrap items-center gap-2 font-medium">
            <span class="break-all">{props.webhook.url}</span>
            <Badge look={props.webhook.isActive ? (props.webhook.failures > 0 ? 'danger' : 'good') : 'plain'}>
              {props.webhook.isActive ? (props.webhook.failures > 0 ? words.failing : words.on) : words.off}
            </Badge>
          </p>
          <p class="mt-1 text-sm text-soft">
            <Show when={props.webhook.description}>{props.webhook.description} · </Show>
            {state()}{' '}
            {props.webhook.events.includes('*')
              ? words.toldOfEverything
              : words.toldOfEvents(<code class="text-xs">{props.webhook.events.join(', ')}</code>)}
          </p>
        </div>
        <div class="flex flex-wrap gap-2">
          <Button aria-expanded={showsDeliveries()} onClick={() => setShowsDeliveries((shown) => !shown)}>
            {words.deliveriesOf(<span class="sr-only">{words.toHost(host())}</span>)}
          </Button>
          <Button disabled={ping.isPending} onClick={() => ping.mutate({ id: props.webhook.id })}>
            {ping.isPending ? words.sending : words.tryItOut}
            <span class="sr-only">: {host()}</span>
          </Button>
          <Button onClick={() => props.onEdit()}>{words.editWhich(<span class="sr-only"> {host()}</span>)}</Button>
          <Button
            disabled={update.isPending}
            onClick={() =>
              update.mutate({
                id: props.webhook.id,
                version: props.webhook.version,
                isActive: !props.webhook.isActive,
              })
            }
          >
            {props.webhook.isActive ? words.switchOff : words.switchOn}
            <span class="sr-only">: {host()}</span>
          </Button>
          <Button disabled={rotate.isPending} onClick={() => rotate.mutate({ id: props.webhook.id })}>
            {words.newSecretFor(<span class="sr-only">{words.forHost(host())}</span>)}
          </Button>
          <Button look="danger" onClick={() => setDeleting(true)}>
            {words.deleteWhich(<span class="sr-only"> {host()}</span>)}
          </Button>
        </div>
      </div>
      <Show when={showsDeliveries()}>
        <div class="mt-4">
          <Suspense fallback={<Waiting lines={2} />}>
            <Deliveries webhookId={props.webhook.id} />
          </Suspense>
        </div>
      </Show>
      <Show when={isDeleting()}>
        <Confirm
          title={words.deleteTheWebhook(host())}
          action={common.deleteIt}
          onClose={() => setDeleting(false)}
          onConfirm={() => remove.mutateAsync({ id: props.webhook.id })}
        >
          {words.nothingMoreIsSentThere}
        </Confirm>
      </Show>
    </li>
  )
}

import { useInfiniteQuery, useMutation } from '@tanstack/solid-query'
import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { queryClient, type RouterOutputs, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Badge, Waiting } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as words from './words.ts'

type Delivery = RouterOutputs['webhook']['deliveries']['items'][number]

/** What was delivered to a webhook, or could not be. */
export default function Deliveries(props: { webhookId: string }) {
  const deliveries = useInfiniteQuery(() => ({
    ...trpc.webhook.deliveries.infiniteQueryOptions(
      { id: props.webhookId, limit: 20 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    refetchInterval: 5000,
  }))
  const items = createMemo(() => dataOf(deliveries)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <Switch>
      <Match when={deliveries.isPending}>
        <Waiting lines={2} />
      </Match>
      <Match when={deliveries.isError && items().length === 0}>
        <Alert>{failureOf(deliveries.error).message}</Alert>
      </Match>
      <Match when={true}>
        <ol class="divide-y divide-line rounded-2xl bg-sunk px-4">
          {/* By id, so that what is open stays open when the list is fetched again. */}
          <For
            each={items().map(({ id }) => id)}
            fallback={<li class="py-3 text-sm text-soft">{words.nothingWasSentYet}</li>}
          >
            {(id) => (
              <Show when={items().find((delivery) => delivery.id === id)}>
                {(delivery) => <Line delivery={delivery()} />}
              </Show>
            )}
          </For>
        </ol>
        <Show when={deliveries.hasNextPage}>
          <Button class="mt-3" disabled={deliveries.isFetchingNextPage} onClick={() => deliveries.fetchNextPage()}>
            {words.showEarlierOnes}
          </Button>
        </Show>
      </Match>
    </Switch>
  )
}

function Line(props: { delivery: Delivery }) {
  const isDelivered = () =>
    props.delivery.status !== null && props.delivery.status >= 200 && props.delivery.status < 300
  const resend = useMutation(() =>
    trpc.webhook.resend.mutationOptions({
      onError: (error) => showToast(failureOf(error).message),
      onSettled: () => queryClient.invalidateQueries(trpc.webhook.pathFilter()),
    }),
  )
  return (
    <li class="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 text-sm">
      <div class="min-w-0 grow basis-60">
        <p class="flex flex-wrap items-center gap-2">
          <Badge look={isDelivered() ? 'good' : 'danger'}>{props.delivery.status ?? words.notSent}</Badge>
          <span class="font-mono text-xs">{props.delivery.event}</span>
          <span class="text-soft">
            {words.attempt(
              <time dateTime={props.delivery.at}>{timeAgo(props.delivery.at)}</time>,
              props.delivery.milliseconds,
            )}
          </span>
        </p>
        <details class="mt-1">
          <summary class="cursor-pointer text-soft">{words.messageAndResponse}</summary>
          <pre class="mt-2 max-h-60 overflow-auto rounded-xl border border-line bg-card p-3 text-xs break-words whitespace-pre-wrap">
            {JSON.stringify(JSON.parse(props.delivery.payload), null, 2)}
          </pre>
          <pre class="mt-2 max-h-40 overflow-auto rounded-xl border border-line bg-card p-3 text-xs break-words whitespace-pre-wrap">
            {props.delivery.response || words.noResponseBody}
          </pre>
        </details>
      </div>
      <Button disabled={resend.isPending} onClick={() => resend.mutate({ id: props.delivery.id })}>
        {resend.isPending ? words.sending : words.sendAgain}
      </Button>
    </li>
  )
}

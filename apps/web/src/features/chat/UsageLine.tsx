import { useQuery } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { formatDollars, formatNumber } from '../../lib/number.ts'
import * as words from './words.ts'

/** The model, the host that messages are sent to, and today's usage. */
export function UsageLine(props: {
  /** What this conversation has cost. */
  spent?: number | undefined
}) {
  const status = useQuery(() => trpc.chat.status.queryOptions())
  const perMonth = (cap: number | null) => (cap === null ? undefined : formatDollars(cap))
  return (
    <Show when={dataOf(status)}>
      {(data) => (
        <p class="px-2 text-center text-xs text-soft">
          <Show when={data().isConfigured} fallback={words.noModelIsConfiguredAny}>
            {words.modelAtHost(data().model ?? '', data().host ?? '')}
          </Show>{' '}
          ·{' '}
          {words.usedToday({
            requests: formatNumber(data().usage.requests),
            requestsPerDay: formatNumber(data().usage.requestsPerDay),
            tokens: formatNumber(data().usage.tokens),
            tokensPerDay: formatNumber(data().usage.tokensPerDay),
          })}
          <Show when={data().cost}>
            {(cost) => (
              <>
                {' · '}
                {words.costThisMonth(formatDollars(cost().used), perMonth(cost().perMonth))}
                <Show when={props.spent !== undefined}>
                  {' '}
                  · {words.conversationCost(formatDollars(props.spent ?? 0))}
                </Show>
              </>
            )}
          </Show>
        </p>
      )}
    </Show>
  )
}

import { useQuery } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { formatNumber } from '../../lib/number.ts'

/** The model, the host that messages are sent to, and today's usage. */
export function UsageLine() {
  const status = useQuery(() => trpc.chat.status.queryOptions())
  return (
    <Show when={dataOf(status)}>
      {(data) => (
        <p class="px-2 text-center text-xs text-soft">
          <Show when={data().isConfigured} fallback="No model is configured any more">
            {data().model} at {data().host}
          </Show>{' '}
          · today {formatNumber(data().usage.requests)} of {formatNumber(data().usage.requestsPerDay)} questions,{' '}
          {formatNumber(data().usage.tokens)} of {formatNumber(data().usage.tokensPerDay)} tokens
        </p>
      )}
    </Show>
  )
}

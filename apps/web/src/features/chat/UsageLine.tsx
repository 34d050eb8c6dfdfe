import { useQuery } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { formatNumber } from '../../lib/number.ts'

/** Which model answers, where what is said goes, and how much of today is used. */
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

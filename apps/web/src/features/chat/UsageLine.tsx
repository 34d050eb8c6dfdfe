import { useQuery } from '@tanstack/solid-query'
import { Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'

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
          · today {data().usage.requests.toLocaleString('en')} of {data().usage.requestsPerDay.toLocaleString('en')}{' '}
          questions, {data().usage.tokens.toLocaleString('en')} of {data().usage.tokensPerDay.toLocaleString('en')}{' '}
          tokens
        </p>
      )}
    </Show>
  )
}

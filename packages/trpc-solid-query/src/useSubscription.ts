import { hashKey } from '@tanstack/solid-query'
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js'
import type { SubscriptionOptions } from './subscriptionOptions.ts'

export type SubscriptionStatus = 'idle' | 'connecting' | 'pending' | 'error'

export interface SubscriptionResult<Data, TError> {
  /** `pending`: connected, items come. */
  readonly status: SubscriptionStatus
  /** The latest item. */
  readonly data: Data | undefined
  readonly error: TError | null
  /** Ends the subscription and begins it anew. */
  reset(): void
}

/**
 * Subscribes for as long as its owner lives and `enabled` is true; anew when the input changes.
 *
 * @param options an accessor, like the one `useQuery` takes
 */
export function useSubscription<Data, TError>(
  options: Accessor<SubscriptionOptions<Data, TError>>,
): SubscriptionResult<Data, TError> {
  const [status, setStatus] = createSignal<SubscriptionStatus>(untrack(options).enabled ? 'connecting' : 'idle')
  const [data, setData] = createSignal<Data>()
  const [error, setError] = createSignal<TError | null>(null)
  const [resets, setResets] = createSignal(0)

  // New callbacks are not a new subscription: only what is subscribed to is.
  const subject = createMemo(() => `${options().enabled} ${hashKey(options().queryKey)}`)

  const show = (next: SubscriptionStatus, nextError: TError | null) =>
    batch(() => {
      setStatus(next)
      setError(() => nextError)
    })

  createEffect(
    on([subject, resets], () => {
      const { enabled, subscribe } = untrack(options)
      const current = () => untrack(options)
      setData(undefined)
      show(enabled ? 'connecting' : 'idle', null)
      if (!enabled) return
      let ended = false
      const subscription = subscribe({
        onStarted: () => {
          if (ended) return
          current().onStarted?.()
          show('pending', null)
        },
        onData: (item) => {
          if (ended) return
          current().onData?.(item)
          batch(() => {
            setData(() => item)
            show('pending', null)
          })
        },
        onError: (failure) => {
          if (ended) return
          current().onError?.(failure)
          show('error', failure)
        },
        onComplete: () => {
          if (!ended) current().onComplete?.()
        },
        onConnectionStateChange: (connection) => {
          if (ended) return
          current().onConnectionStateChange?.(connection)
          if (connection.state === 'connecting') show('connecting', connection.error)
          else if (connection.state === 'idle') {
            setData(undefined)
            show('idle', null)
          }
        },
      })
      onCleanup(() => {
        ended = true
        subscription.unsubscribe()
      })
    }),
  )

  return {
    get status() {
      return status()
    },
    get data() {
      return data()
    },
    get error() {
      return error()
    },
    reset: () => setResets((count) => count + 1),
  }
}

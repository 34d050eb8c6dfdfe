import { hashKey } from '@tanstack/solid-query'
import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js'
import type { SubscriptionOptions } from './subscriptionOptions.ts'

export type SubscriptionStatus = 'idle' | 'connecting' | 'pending' | 'error'

export interface SubscriptionResult<Data, TError> {
  /** `pending`: connected, items may arrive. */
  readonly status: SubscriptionStatus
  /** The most recent item. */
  readonly data: Data | undefined
  readonly error: TError | null
  /** Restarts the subscription. */
  reset(): void
}

/**
 * Subscribes for as long as its owner exists and `enabled` is true, and again when the input changes.
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

  // Only a new input or path is a new subscription, not new callbacks.
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

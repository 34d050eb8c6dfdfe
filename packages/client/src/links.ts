import {
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  type Operation,
  splitLink,
  TRPCClientError,
  type TRPCLink,
} from '@trpc/client'
import type { inferRouterInputs } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '@worldloom/api/contract'
import { readError } from './errors.ts'
import { loadEventSource, OpenedEventSource } from './eventSource.ts'
import { ReadPosition } from './readPosition.ts'
import { timeoutFetch } from './timeoutFetch.ts'

export interface WorldloomClientOptions {
  /** Worldloom's origin, e.g. `https://worldloom.example.com`; empty for the page's own. */
  url: string
  /** An API key, for programs. */
  apiKey?: string
  /**
   * An access token. A function is called for each request, so that the token can be renewed. Can't be combined with
   * `apiKey`.
   */
  token?: string | (() => string | undefined | Promise<string | undefined>)
  /** Milliseconds after which a request is aborted. @default 30,000; 0 for none */
  timeout?: number
  /**
   * How often a call is retried after a temporary failure, such as too many requests or an unreachable server. Changes
   * are retried only if they can't happen twice, as creations of worlds and what is in them, which get a key of their own: see
   * {@link idempotent}. @default 2
   */
  retries?: number
  /** Sent with every request. */
  headers?: Record<string, string>
  /** @default the global fetch */
  fetch?: typeof fetch
  /**
   * Called when something takes having signed in lately, for apps in which a person can confirm that it is still them. Resolves to
   * whether they have; then the call is sent again, once.
   */
  onSignInAgain?: () => Promise<boolean>
  /** Called before each change is sent, with a promise that resolves once it is answered or has failed. */
  onChanging?: (settled: Promise<void>) => void
  /** Called after each change that succeeded, before its call resolves. */
  onChanged?: (change: Changed) => void
}

/** A change that succeeded. */
export interface Changed {
  /** The procedure: `story.create`. */
  readonly path: string
  readonly input: unknown
  readonly output: unknown
  /** The `X-Request-Id` of the response, which `history.undo` takes. */
  readonly requestId: string
}

/** The options of a call, besides its input. */
export interface CallOptions {
  readonly context: { readonly idempotencyKey: string }
}

/**
 * Lets a creation be repeated without creating anything twice. For 24 hours, the same key and input get the same
 * response, and a different input with that key is refused.
 *
 * @param key chosen by the caller, e.g. `crypto.randomUUID()`: up to 255 visible ASCII characters
 * @example await client.story.create.mutate({ worldId, name }, idempotent(key))
 */
export function idempotent(key: string): CallOptions {
  return { context: { idempotencyKey: key } }
}

/** Procedures that stream. */
const streams: ReadonlySet<string> = new Set(['chat.send', 'chat.retry', 'chat.edit', 'chat.watch'])

/**
 * The links to Worldloom. Calls made in the same tick share one request, and each resolves as soon as it is ready.
 *
 * @throws {TypeError} when both an API key and a token are given
 */
export function worldloomLinks(options: WorldloomClientOptions): TRPCLink<AppRouter>[] {
  const { url, apiKey, token, timeout = 30_000, retries = 2, headers, fetch: customFetch = globalThis.fetch } = options
  if (apiKey !== undefined && token !== undefined) {
    throw new TypeError('Give createWorldloomClient an apiKey or a token, not both: a request has one credential.')
  }
  const position = new ReadPosition()
  const shared = { url: `${url.replace(/\/+$/, '')}/trpc`, fetch: timeoutFetch(position.keeping(customFetch), timeout) }
  const credentials = () => credentialsOf(options)
  const needsHeaders =
    apiKey !== undefined || token !== undefined || headers !== undefined || options.fetch !== undefined
  /** Asks for the credentials at each connection, as a token may have been renewed. */
  const sendHeaders: typeof globalThis.fetch = async (input, init) => {
    const sent = new Headers(init?.headers)
    for (const [name, value] of Object.entries(await credentials())) sent.set(name, value)
    return await customFetch(input, { ...init, headers: sent })
  }
  return [
    ...(options.onChanged || options.onChanging ? [reportLink(options)] : []),
    ...(options.onSignInAgain ? [confirmLink(options.onSignInAgain)] : []),
    retryLink(retries),
    splitLink({
      // Over Server-Sent Events, which come back by themselves after an interruption.
      condition: ({ type }) => type === 'subscription',
      true: [
        position.link(),
        httpSubscriptionLink({
          url: shared.url,
          EventSource: OpenedEventSource,
          eventSourceOptions: async () => ({ open: await loadEventSource(needsHeaders ? sendHeaders : undefined) }),
        }),
      ],
      false: callLink(),
    }),
  ]

  /** For everything that is not a stream of events. */
  function callLink(): TRPCLink<AppRouter> {
    return splitLink({
      // A key belongs to one call, which is sent alone.
      condition: (op) => idempotencyKeyOf(op) !== undefined,
      true: httpLink({
        ...shared,
        headers: async ({ op }) => ({ ...(await credentials()), 'idempotency-key': idempotencyKeyOf(op) }),
      }),
      false: splitLink({
        // Long-running calls are sent alone too, so that they can be aborted separately.
        condition: ({ path }) => streams.has(path),
        true: httpBatchStreamLink({ ...shared, maxItems: 1, headers: credentials }),
        false: splitLink({
          // The headers of their response say what has to be seen by what is read next, so it begins when all are done.
          condition: ({ type }) => type === 'mutation',
          true: httpBatchLink({ ...shared, maxItems: 50, headers: credentials }),
          false: httpBatchStreamLink({
            ...shared,
            maxItems: 50,
            // A GET per batch of queries would make the URL grow without bound.
            maxURLLength: 4000,
            headers: credentials,
          }),
        }),
      }),
    })
  }
}

/** The headers that say who is calling, and those that are sent with every request. */
export async function credentialsOf({
  apiKey,
  token,
  headers,
}: Pick<WorldloomClientOptions, 'apiKey' | 'token' | 'headers'>): Promise<Record<string, string>> {
  const bearer = typeof token === 'function' ? await token() : token
  return {
    ...headers,
    ...(apiKey !== undefined && { 'x-api-key': apiKey }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  }
}

/**
 * What is created at most once for a key, as the API document says; a test compares them. The rest answers mostly with
 * secrets, which the server does not keep.
 */
export const createdOnce: ReadonlySet<string> = new Set([
  ...(['world', 'location', 'persona', 'thing', 'story', 'act', 'scene', 'book'] as const),
  ...(['link', 'linkKind', 'tag', 'map', 'marker', 'image', 'changeSet'] as const),
] satisfies (keyof inferRouterInputs<AppRouter>)[])

/** Whether the server creates something at most once for a key. */
function isOnce(path: string): boolean {
  const [router = '', procedure] = path.split('.')
  return procedure === 'create' && createdOnce.has(router)
}

const keys = new WeakMap<Operation, string>()

/** The key that its caller chose; a creation has one of its own, so that it can be sent again when nobody knows whether it arrived. */
function idempotencyKeyOf(op: Operation): string | undefined {
  const { type, path, context } = op
  if (typeof context.idempotencyKey === 'string') return context.idempotencyKey
  if (type !== 'mutation' || !isOnce(path)) return undefined
  // Not randomUUID, which pages without https do not have.
  const key = keys.get(op) ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
  keys.set(op, key)
  return key
}

function reportLink({
  onChanged,
  onChanging,
}: Pick<WorldloomClientOptions, 'onChanged' | 'onChanging'>): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let settle = () => {}
        if (op.type === 'mutation') {
          onChanging?.(
            new Promise<void>((resolve) => {
              settle = () => resolve()
            }),
          )
        }
        const subscription = next(op).subscribe({
          next: (value) => {
            const response = value.context?.response
            const requestId = response instanceof Response ? response.headers.get('x-request-id') : null
            if (op.type === 'mutation' && requestId && 'data' in value.result) {
              onChanged?.({ path: op.path, input: op.input, output: value.result.data, requestId })
            }
            observer.next(value)
          },
          error: (error) => {
            settle()
            observer.error(error)
          },
          complete: () => {
            settle()
            observer.complete()
          },
        })
        return () => {
          // Given up by its caller.
          settle()
          subscription.unsubscribe()
        }
      })
}

function confirmLink(confirm: () => Promise<boolean>): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let subscription: { unsubscribe(): void } | undefined
        const attempt = (onError: (error: TRPCClientError<AppRouter>) => void) => {
          subscription = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: onError,
          })
        }
        attempt((error) => {
          if (readError(error).reason?.kind !== 'signInAgain') {
            observer.error(error)
            return
          }
          void confirm().then(
            (isConfirmed) => (isConfirmed ? attempt((again) => observer.error(again)) : observer.error(error)),
            () => observer.error(error),
          )
        })
        return () => subscription?.unsubscribe()
      })
}

/** The longest wait, in seconds. If the server asks to wait longer, the call is not retried. */
const longestWait = 30

/** Retries temporary failures after the delay the server asks for, or with exponential backoff. */
function retryLink(retries: number): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let attempts = 0
        let subscription: { unsubscribe(): void } | undefined
        let timer: ReturnType<typeof setTimeout> | undefined
        const attempt = () => {
          attempts++
          subscription = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (error) => {
              const wait = attempts > retries ? undefined : secondsToWait(op, error, attempts)
              if (wait === undefined) observer.error(error)
              else timer = setTimeout(attempt, wait * 1000)
            },
          })
        }
        const abort = () => {
          if (timer === undefined) return
          clearTimeout(timer)
          timer = undefined
          observer.error(TRPCClientError.from(new DOMException('The call was aborted', 'AbortError')))
        }
        op.signal?.addEventListener('abort', abort, { once: true })
        attempt()
        return () => {
          clearTimeout(timer)
          op.signal?.removeEventListener('abort', abort)
          subscription?.unsubscribe()
        }
      })
}

/** @returns undefined if a retry would not help, or could do something twice */
function secondsToWait(op: Operation, error: unknown, attempts: number): number | undefined {
  if (op.signal?.aborted || op.type === 'subscription') return undefined
  const { reason, isTemporary } = readError(error)
  if (!isTemporary) return undefined
  if (reason?.kind === 'rateLimited') return reason.retryAfter <= longestWait ? reason.retryAfter : undefined
  // It is unknown whether a change was made before the connection was lost.
  if (op.type === 'mutation' && idempotencyKeyOf(op) === undefined) return undefined
  return retryAfterOf(error) ?? 0.25 * 2 ** (attempts - 1) * (0.75 + Math.random() / 2)
}

/** The seconds in `Retry-After`, if the whole request was refused. */
function retryAfterOf(error: unknown): number | undefined {
  const response = error instanceof TRPCClientError ? error.meta?.response : undefined
  const header = response instanceof Response ? response.headers.get('retry-after') : null
  return header && /^\d{1,2}$/.test(header) && Number(header) <= longestWait ? Number(header) : undefined
}

import { createTRPCClient, httpBatchStreamLink, type TRPCClient } from '@trpc/client'
import type { AppRouter } from '@worldloom/api'
import { timeoutFetch } from './timeoutFetch.ts'

export interface WorldloomClientOptions {
  /** Where Worldloom is, e.g. `https://worldloom.example.com`; empty for the origin of the page. */
  url: string
  /** An API key, for programs. */
  apiKey?: string
  /** An access token; a function is asked at each request, so that it can be renewed. Not together with `apiKey`. */
  token?: string | (() => string | undefined | Promise<string | undefined>)
  /** Milliseconds after which a request is given up. @default 30,000; 0 for none */
  timeout?: number
  /** Sent with every request. */
  headers?: Record<string, string>
  /** @default the global fetch */
  fetch?: typeof fetch
}

export type WorldloomClient = TRPCClient<AppRouter>

/**
 * Every procedure of Worldloom, typed: `await client.world.byId.query({ id })`. Calls made in the same tick
 * travel in one request, and each is answered as soon as it is ready.
 *
 * Every call takes `{ signal }` to abort it. One that fails throws a {@link TRPCClientError}, which
 * {@link readError} turns into a typed reason.
 *
 * @throws {TypeError} when both an API key and a token are given
 */
export function createWorldloomClient(options: WorldloomClientOptions): WorldloomClient {
  const { url, apiKey, token, timeout = 30_000, headers, fetch: customFetch = globalThis.fetch } = options
  if (apiKey !== undefined && token !== undefined) {
    throw new TypeError('Give createWorldloomClient an apiKey or a token, not both: a request has one credential.')
  }
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchStreamLink({
        url: `${url.replace(/\/+$/, '')}/trpc`,
        maxItems: 50,
        // As one GET for each batch of queries its address would grow without bound.
        maxURLLength: 4000,
        fetch: timeoutFetch(customFetch, timeout),
        headers: async () => {
          const bearer = typeof token === 'function' ? await token() : token
          return {
            ...headers,
            ...(apiKey !== undefined && { 'x-api-key': apiKey }),
            ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          }
        },
      }),
    ],
  })
}

import { type CreateTRPCReact, createTRPCReact } from '@trpc/react-query'
import type { AppRouter } from '@worldloom/api/contract'
import type { WorldloomClient } from './client.ts'
import { type WorldloomClientOptions, worldloomLinks } from './links.ts'

/**
 * Worldloom's procedures as React hooks, over tRPC's own React binding.
 *
 * @see https://trpc.io/docs/client/react
 * @example
 * const client = createWorldloomReactClient({ url })
 * <worldloom.Provider client={client} queryClient={queryClient}>…</worldloom.Provider>
 * const story = worldloom.story.byId.useQuery({ id })
 */
export const worldloom: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>()

/** @throws {TypeError} when both an API key and a token are given */
export function createWorldloomReactClient(options: WorldloomClientOptions): WorldloomClient {
  return worldloom.createClient({ links: worldloomLinks(options) })
}

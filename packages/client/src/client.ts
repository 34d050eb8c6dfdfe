import { createTRPCClient, type TRPCClient } from '@trpc/client'
import type { AppRouter } from '@worldloom/api/contract'
import { type WorldloomClientOptions, worldloomLinks } from './links.ts'

export type WorldloomClient = TRPCClient<AppRouter>

/**
 * Every procedure of Worldloom, typed: `await client.world.byId.query({ id })`. Calls made in the same tick share one
 * request, and each resolves as soon as it is ready.
 *
 * Every call takes `{ signal }` to abort it. One that fails throws a {@link TRPCClientError}, which
 * {@link readError} turns into a typed reason.
 *
 * @throws {TypeError} when both an API key and a token are given
 */
export function createWorldloomClient(options: WorldloomClientOptions): WorldloomClient {
  return createTRPCClient<AppRouter>({ links: worldloomLinks(options) })
}

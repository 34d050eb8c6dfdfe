import { queryClient, trpc } from '../../lib/api.ts'

/** The id of whoever is signed in, once that is known: on every page for signed-in people. */
export function currentUserId(): string | undefined {
  return queryClient.getQueryData(trpc.me.get.queryKey())?.id
}

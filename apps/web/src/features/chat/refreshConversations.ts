import { queryClient, trpc } from '../../lib/api.ts'

/** Refetches the lists of conversations. */
export async function refreshConversations(): Promise<void> {
  await queryClient.invalidateQueries(trpc.conversation.list.pathFilter())
}

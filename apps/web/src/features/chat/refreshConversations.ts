import { queryClient, trpc } from '../../lib/api.ts'

/** Reads the lists of conversations anew. */
export async function refreshConversations(): Promise<void> {
  await queryClient.invalidateQueries(trpc.conversation.list.pathFilter())
}

import { anyCredential } from '@worldloom/auth'
import {
  createConversation,
  deleteConversation,
  exportConversation,
  findConversation,
  listConversations,
  renameConversation,
  restoreConversation,
  showBranch,
} from '@worldloom/chat'
import {
  conversationAnswer,
  conversationByIdInput,
  conversationCreateInput,
  conversationDeleteInput,
  conversationExported,
  conversationExportInput,
  conversationListInput,
  conversationRenameInput,
  conversationRestoreInput,
  conversationShowInput,
  conversationSummary,
  idAnswer,
  pageOf,
} from '@worldloom/schema'
import { z } from 'zod'
import { procedure, router } from '../trpc.ts'

/** The access required to chat and to read one's own conversations. */
export const usesChat = { credentials: anyCredential, permission: 'chat:use' } as const

export const conversationRouter = router({
  create: procedure(usesChat, {
    method: 'POST',
    path: '/conversations',
    summary: 'Start a conversation',
    answer: conversationSummary,
    creates: '/conversations/{id}',
  })
    .input(conversationCreateInput)
    .mutation(({ ctx, input }) => createConversation(ctx.db, ctx.principal, input)),

  list: procedure(usesChat, {
    method: 'GET',
    path: '/conversations',
    summary: 'List your conversations',
    answer: pageOf(conversationSummary),
  })
    .input(conversationListInput)
    .query(({ ctx, input }) => listConversations(ctx.db, ctx.principal, input)),

  byId: procedure(usesChat, {
    method: 'GET',
    path: '/conversations/{id}',
    summary: 'Get a conversation with all its branches',
    answer: conversationAnswer,
  })
    .input(conversationByIdInput)
    .query(({ ctx, input }) => findConversation(ctx.db, ctx.principal, input.id)),

  rename: procedure(usesChat, {
    method: 'PATCH',
    path: '/conversations/{id}',
    summary: 'Rename a conversation',
    answer: conversationSummary,
  })
    .input(conversationRenameInput)
    .mutation(async ({ ctx, input }) => {
      const renamed = await renameConversation(ctx.db, ctx.principal, input)
      await ctx.chat.renamed(input.id)
      return renamed
    }),

  show: procedure(usesChat, {
    method: 'POST',
    path: '/conversations/{id}/show',
    summary: 'Switch to the branch of a message',
    answer: z.object({ headId: z.uuid() }),
  })
    .input(conversationShowInput)
    .mutation(({ ctx, input }) => showBranch(ctx.db, ctx.principal, input)),

  delete: procedure(usesChat, {
    method: 'DELETE',
    path: '/conversations/{id}',
    summary: 'Delete a conversation; it can be restored for a month',
    answer: idAnswer,
  })
    .input(conversationDeleteInput)
    .mutation(({ ctx, input }) => deleteConversation(ctx.db, ctx.principal, input.id)),

  restore: procedure(usesChat, {
    method: 'POST',
    path: '/conversations/{id}/restore',
    summary: 'Restore a deleted conversation',
    answer: conversationSummary,
  })
    .input(conversationRestoreInput)
    .mutation(({ ctx, input }) => restoreConversation(ctx.db, ctx.principal, input.id)),

  export: procedure(usesChat, {
    method: 'GET',
    path: '/conversations/{id}/export',
    summary: 'Export a conversation',
    answer: conversationExported,
  })
    .input(conversationExportInput)
    .query(({ ctx, input }) => exportConversation(ctx.db, ctx.principal, input)),
})

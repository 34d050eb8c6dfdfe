import { checkAccess } from '@worldloom/auth'
import { type Asker, confirmProposal, dismissProposal } from '@worldloom/chat'
import {
  type ChatEvent,
  ConflictError,
  chatConfirmInput,
  chatDismissInput,
  chatEditInput,
  chatRetryInput,
  chatSendInput,
  chatStatus,
  chatStopInput,
  chatWatchInput,
  idAnswer,
  type Message,
  messageAnswer,
  proposalAnswer,
} from '@worldloom/schema'
import { toTRPCError } from '../errors.ts'
import { actorIn, type Calling, procedure, router, writerIn } from '../trpc.ts'
import { usesChat } from './conversation.ts'

/** Changes that the chat proposes are confirmed by people, not programs. */
const confirms = { credentials: ['session', 'bearer'], permission: 'chat:use' } as const

export const chatRouter = router({
  status: procedure(usesChat, {
    method: 'GET',
    path: '/chat/status',
    summary: 'Get the configured model and today’s usage',
    answer: chatStatus,
  }).query(({ ctx }) => ctx.chat.status(ctx.principal)),

  /** Asks a question and streams the answer until it ends. */
  send: procedure(usesChat)
    .input(chatSendInput)
    .mutation(async ({ ctx, input, signal }) => whilePermitted(ctx, await ctx.chat.send(askerIn(ctx), input, signal))),

  /** The same for clients that can't read a stream: returns the answer once it is complete. */
  ask: procedure(usesChat, {
    method: 'POST',
    path: '/conversations/{conversationId}/messages',
    summary: 'Ask a question and wait for the whole answer',
    answer: messageAnswer,
    optional: true,
  })
    .input(chatSendInput)
    .mutation(async ({ ctx, input }) => {
      let answer: Message | undefined
      for await (const event of whilePermitted(ctx, await ctx.chat.send(askerIn(ctx), input))) {
        if (event.type === 'message' && event.message.role === 'assistant') answer = event.message
      }
      // The server is about to stop; what there is of the answer is stored.
      if (!answer || answer.status === 'streaming') throw new ConflictError('The answer is still being written.')
      return answer
    }),

  /** Answers a question again. */
  retry: procedure(usesChat)
    .input(chatRetryInput)
    .mutation(async ({ ctx, input, signal }) =>
      whilePermitted(ctx, await ctx.chat.retry(askerIn(ctx), input.messageId, signal)),
    ),

  /** Asks a reworded question instead. */
  edit: procedure(usesChat)
    .input(chatEditInput)
    .mutation(async ({ ctx, input, signal }) => whilePermitted(ctx, await ctx.chat.edit(askerIn(ctx), input, signal))),

  /** Streams everything that happens in a conversation, from where the caller was, without an end. */
  watch: procedure(usesChat)
    .input(chatWatchInput)
    .query(async ({ ctx, input, signal }) => whilePermitted(ctx, await ctx.chat.watch(ctx.principal, input, signal))),

  stop: procedure(usesChat, {
    method: 'POST',
    path: '/chat/answers/{messageId}/stop',
    summary: 'Stop an answer; what was written is kept',
    answer: idAnswer,
  })
    .input(chatStopInput)
    .mutation(({ ctx, input }) => ctx.chat.stop(ctx.principal, input.messageId)),

  confirm: procedure(confirms, {
    method: 'POST',
    path: '/chat/proposals/{proposalId}/confirm',
    summary: 'Confirm a proposal and write it to the world',
    answer: proposalAnswer,
  })
    .input(chatConfirmInput)
    .mutation(async ({ ctx, input }) => {
      const { conversationId, ...proposal } = await confirmProposal(ctx.db, writerIn(ctx), input)
      await ctx.chat.decided(conversationId, proposal)
      return proposal
    }),

  dismiss: procedure(confirms, {
    method: 'POST',
    path: '/chat/proposals/{proposalId}/dismiss',
    summary: 'Dismiss a proposal',
    answer: proposalAnswer,
  })
    .input(chatDismissInput)
    .mutation(async ({ ctx, input }) => {
      const { conversationId, ...proposal } = await dismissProposal(ctx.db, ctx.principal, input.proposalId)
      await ctx.chat.decided(conversationId, proposal)
      return proposal
    }),
})

function askerIn(calling: Calling): Asker {
  const { principal, recheck, publicUrl } = calling
  return { principal, recheck, publicUrl, actor: actorIn(calling) }
}

/** How many milliseconds a stream may run before the listener's access is checked again. */
const trusted = 1000

/** Ends a stream when the session, key or permission that it was started with is gone. */
async function* whilePermitted(ctx: Calling, events: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  let checkedAt = performance.now()
  for await (const event of events) {
    if (performance.now() - checkedAt > trusted) {
      await requireStill(ctx)
      checkedAt = performance.now()
    }
    yield event
  }
}

async function requireStill(ctx: Calling): Promise<void> {
  try {
    checkAccess(await ctx.recheck(), usesChat)
  } catch (error) {
    throw toTRPCError(error)
  }
}

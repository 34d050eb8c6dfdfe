import { anyCredential, recordEvent } from '@worldloom/auth'
import { jobCounts as countJobs, listJobs } from '@worldloom/jobs'
import {
  failingWebhook,
  failingWebhookInput,
  idAnswer,
  jobAnswer,
  jobByIdInput,
  jobCounts,
  jobListInput,
  listOf,
  NotFoundError,
  pageOf,
} from '@worldloom/schema'
import { listFailingWebhooks, retryWebhook } from '@worldloom/worlds'
import { actorIn, procedure, router } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'job:read' } as const
const updates = { credentials: anyCredential, permission: 'job:update' } as const

/** What is done in the background, for administrators. docs/operations.md. */
export const jobRouter = router({
  counts: procedure(reads, {
    method: 'GET',
    path: '/jobs/counts',
    summary: 'Count jobs by what they do and how far they are',
    answer: jobCounts,
  }).query(({ ctx }) => countJobs(ctx.db)),

  list: procedure(reads, {
    method: 'GET',
    path: '/jobs',
    summary: 'List jobs, the latest first',
    answer: pageOf(jobAnswer),
  })
    .input(jobListInput)
    .query(({ ctx, input }) => listJobs(ctx.db, input)),

  retry: procedure(updates, {
    method: 'POST',
    path: '/jobs/{name}/{id}/retry',
    summary: 'Try a job now that failed or is to be tried later',
    answer: idAnswer,
  })
    .input(jobByIdInput)
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.jobs.retry(input.name, input.id))) throw new NotFoundError('job that failed or waits')
      await recordEvent(ctx.db, actorIn(ctx), { action: 'job.retry', subject: { kind: 'job', ...input } })
      return { id: input.id }
    }),

  discard: procedure(updates, {
    method: 'DELETE',
    path: '/jobs/{name}/{id}',
    summary: 'Give up a job that failed or waits',
    answer: idAnswer,
  })
    .input(jobByIdInput)
    .mutation(async ({ ctx, input }) => {
      if (!(await ctx.jobs.discard(input.name, input.id))) throw new NotFoundError('job that failed or waits')
      await recordEvent(ctx.db, actorIn(ctx), { action: 'job.discard', subject: { kind: 'job', ...input } })
      return { id: input.id }
    }),

  failingWebhooks: procedure(reads, {
    method: 'GET',
    path: '/jobs/webhooks',
    summary: 'List the webhooks that cannot be delivered at the moment',
    answer: listOf(failingWebhook),
  }).query(({ ctx }) => listFailingWebhooks(ctx.db)),

  retryWebhook: procedure(updates, {
    method: 'POST',
    path: '/jobs/webhooks/{id}/retry',
    summary: 'Deliver to a webhook now that is to be tried later',
    answer: idAnswer,
  })
    .input(failingWebhookInput)
    .mutation(({ ctx, input }) => retryWebhook(ctx.db, actorIn(ctx), input.id)),
})

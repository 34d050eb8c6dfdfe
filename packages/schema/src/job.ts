import { z } from 'zod'
import { idField } from './ids.ts'
import { jobStates } from './jobState.ts'
import { pageInput } from './pagination.ts'
import { timestamp } from './time.ts'

const jobName = z.string({ error: 'Must be text' }).max(100, 'At most 100 characters')

export const jobListInput = z
  .strictObject({
    ...pageInput,
    name: jobName.optional(),
    state: z.enum(jobStates, { error: `Must be one of ${jobStates.join(', ')}` }).optional(),
  })
  .prefault({})

export const jobByIdInput = z.strictObject({ name: jobName, id: idField })

export const jobAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(jobStates),
    /** How many attempts were begun. */
    attempts: z.int(),
    mostAttempts: z.int(),
    createdAt: timestamp,
    /** Not before this time is it begun, or begun again. */
    dueAt: timestamp,
    startedAt: timestamp.nullable(),
    finishedAt: timestamp.nullable(),
    /** Why the last attempt failed. */
    failure: z.string().nullable(),
    /** What it did, such as how much was deleted. */
    result: z.record(z.string(), z.union([z.number(), z.array(z.string())])).nullable(),
  })
  .meta({ id: 'Job' })

export const jobCounts = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      waiting: z.int(),
      retrying: z.int(),
      running: z.int(),
      done: z.int(),
      failed: z.int(),
      /** When it was done last. */
      lastDoneAt: timestamp.nullable(),
      /** When it is due by itself, as cron has it, in UTC. */
      schedule: z.string().nullable(),
    }),
  ),
})

/** A webhook whose last attempt failed. */
export const failingWebhook = z.object({
  id: idField,
  host: z.string(),
  owner: z.string(),
  failures: z.int(),
  failingSince: timestamp,
  nextAttemptAt: timestamp,
})

export const failingWebhookInput = z.strictObject({ id: idField })

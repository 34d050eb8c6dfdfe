import type { z } from 'zod'

/** Something that is done in the background, once, by whichever server gets to it first. */
export interface JobDefinition<Input = unknown> {
  readonly name: string
  readonly input: z.ZodType<Input>
  /** How often it is tried again, and after which pauses (in seconds), each about twice as long as the one before. */
  readonly retries: { readonly most: number; readonly firstPause: number; readonly longestPause: number }
  /** After how many seconds an attempt counts as failed: the process may be gone. */
  readonly timeLimit: number
  /** How many of these a process does at the same time. */
  readonly concurrency: number
  /** For how many seconds a finished one is listed. */
  readonly keep: number
  /** When it is due by itself, as cron has it, in UTC. At most one is done at a time then, and one waits. */
  readonly schedule?: string
}

const day = 86_400

/** Declares a job. What is not said has a usual value. */
export function defineJob<Input>(
  definition: Pick<JobDefinition<Input>, 'name' | 'input'> & Partial<JobDefinition<Input>>,
): JobDefinition<Input> {
  return {
    retries: { most: 5, firstPause: 30, longestPause: 3600 },
    timeLimit: 900,
    concurrency: 2,
    keep: 7 * day,
    ...definition,
  }
}

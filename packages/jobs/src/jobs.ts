import { afterCommit, type Database, type DatabaseHandle } from '@worldloom/db'
import { isTracing } from '@worldloom/telemetry'
import { sql } from 'kysely'
import { fromKysely, type JobResult, type JobWithMetadata, PgBoss, type Queue } from 'pg-boss'
import type { JobDefinition } from './defineJob.ts'

/** Tells the processes that do jobs that there is one. The payload is the name of the job. */
const channel = 'jobs'
/** How often a process looks for jobs that it was not told of: those that are due again, or by themselves. Seconds. */
const lookEvery = 10

export interface JobsOptions {
  /** Connections of their own: jobs may take long, and must not hold up requests. */
  readonly database: DatabaseHandle
  /** All jobs that there are. */
  readonly definitions: readonly JobDefinition[]
  /** Receives what all processes announce. Without it, jobs are found by looking, which takes up to ten seconds. */
  readonly listener?: {
    subscribe(subscriber: { readonly channel: string; changed(payload: string): void; lost(): void }): void
  }
  /** Failures of the queue itself, and of attempts. */
  readonly onError: (error: unknown, job?: { readonly name: string; readonly id: string }) => void
}

export interface Attempt {
  readonly id: string
  /** 1 for the first. */
  readonly number: number
  /** Aborted when the time limit is over. */
  readonly signal: AbortSignal
}

/** @returns what is to be listed with the job, if anything: counts, never what people wrote */
export type JobHandler<Input> = (
  input: Input,
  attempt: Attempt,
) => Promise<Readonly<Record<string, number | string[]>> | undefined>

/** A job failed in a way that trying again would not change. */
export class FailedForGoodError extends Error {
  override readonly name = 'FailedForGoodError'
}

/** What creates jobs. */
export type Enqueue = Pick<Jobs, 'enqueue'>

/**
 * Jobs on PostgreSQL, by pg-boss. Each is done at least once, and by one process at a time: one whose process ends is taken
 * over after its time limit.
 *
 * @see https://pgboss.io
 */
export class Jobs {
  readonly #boss: PgBoss
  readonly #options: JobsOptions
  /** By the name of the job, how its worker is woken. */
  readonly #wake = new Map<string, () => void>()

  constructor(options: JobsOptions) {
    const { pool } = options.database
    this.#options = options
    this.#boss = new PgBoss({
      db: { executeSql: async (text, values) => await pool.query(text, values) },
      // db/migrations
      migrate: false,
      createSchema: false,
      // Nothing is scheduled or looked after before `work`.
      supervise: true,
      schedule: true,
      cronMonitorIntervalSeconds: 30,
      cronWorkerIntervalSeconds: lookEvery,
      // A job continues the trace of what it follows from.
      openTelemetry: { enabled: isTracing(), propagateContext: true },
    })
    this.#boss.on('error', (error) => options.onError(error))
  }

  /** Makes sure that there is a queue for each job, as it is declared. */
  async start(): Promise<void> {
    await this.#boss.start()
    const known = new Map((await this.#boss.getQueues()).map((queue) => [queue.name, queue]))
    for (const definition of this.#options.definitions) {
      const { name, ...wanted } = queueOf(definition)
      const existing = known.get(name)
      if (!existing) await this.#boss.createQueue(name, wanted)
      else if (isDifferent(existing, wanted)) {
        const { policy: _, ...changes } = wanted
        await this.#boss.updateQueue(name, changes)
      }
    }
  }

  /**
   * Creates a job, in the transaction of what it follows from if there is one.
   *
   * @param db a transaction of `inTransaction`, or the database
   */
  async enqueue<Input extends object>(
    db: Database,
    { name }: JobDefinition<Input>,
    input: Input,
    options: { readonly startAfter?: Date } = {},
  ): Promise<void> {
    await this.#boss.send(name, input, { db: fromKysely(db), ...options })
    if (db.isTransaction) afterCommit(db, (after) => this.#announce(after, name))
    else this.#announce(db, name)
  }

  #announce(db: Database, name: string): void {
    // Each process looks for itself, too, only later.
    sql`select pg_notify(${channel}, ${name})`.execute(db).catch(() => undefined)
  }

  /** Does jobs in this process from now on: each with its handler. */
  async work(handlers: ReadonlyMap<JobDefinition, JobHandler<never>>): Promise<void> {
    for (const [definition, handler] of handlers) {
      const { name, concurrency } = definition
      const id = await this.#boss.work<
        unknown,
        unknown,
        { perJobResults: true; includeMetadata: true; batchSize: number }
      >(
        name,
        {
          perJobResults: true,
          includeMetadata: true,
          pollingIntervalSeconds: lookEvery,
          batchSize: Math.max(concurrency, 2),
          burstWhenBatchFull: true,
        } as { perJobResults: true; includeMetadata: true; batchSize: number }, // the literals choose the type of the handler
        (jobs) => Promise.all(jobs.map((job) => this.#attempt(definition, handler, job))),
      )
      this.#wake.set(name, () => this.#boss.notifyWorker(id))
    }
    for (const { name, schedule } of handlers.keys()) {
      if (schedule) await this.#boss.schedule(name, schedule, {}, { missed: 'once' })
    }
    this.#options.listener?.subscribe({
      channel,
      changed: (name) => this.#wake.get(name)?.(),
      lost: () => undefined,
    })
  }

  async #attempt(
    definition: JobDefinition,
    handler: JobHandler<never>,
    { id, data, retryCount, signal }: JobWithMetadata<unknown>,
  ): Promise<JobResult> {
    try {
      const input = definition.input.safeParse(data)
      if (!input.success) throw new FailedForGoodError('It was created with what this version cannot read.')
      // The definition and its handler belong together, as `handles` ensures.
      const output = await handler(input.data as never, { id, number: retryCount + 1, signal })
      return { id, status: 'completed', output: output ?? {} }
    } catch (error) {
      this.#options.onError(error, { name: definition.name, id })
      const output = { message: error instanceof Error ? error.message : String(error) }
      // Without a queue for dead letters, such a one is kept as failed, and not tried again.
      return { id, status: error instanceof FailedForGoodError ? 'deadletter' : 'failed', output }
    }
  }

  /** @returns undefined also where there is no such kind of job, for which pg-boss would throw */
  async #find(name: string, id: string) {
    if (!this.#options.definitions.some((definition) => definition.name === name)) return undefined
    const [job] = await this.#boss.findJobs(name, { id })
    return job
  }

  /** Has a job that failed, or is to be tried again later, tried now. @returns whether there was one */
  async retry(name: string, id: string): Promise<boolean> {
    const job = await this.#find(name, id)
    if (job?.state === 'failed') await this.#boss.retry(name, id)
    else if (job?.state !== 'retry' && job?.state !== 'created') return false
    await this.#boss.update(name, undefined, { id, startAfter: new Date() })
    this.#announce(this.#options.database.db, name)
    return true
  }

  /** Gives up a job that is not being done. @returns whether there was one */
  async discard(name: string, id: string): Promise<boolean> {
    const job = await this.#find(name, id)
    if (!job || job.state === 'active' || job.state === 'completed') return false
    await this.#boss.deleteJob(name, id)
    return true
  }

  /** Takes no more jobs, and waits for those that are being done. @param within seconds; what takes longer is tried again later */
  async close(within: number): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: within * 1000, close: false })
  }
}

/** A job with its handler, for {@link Jobs.work}. */
export function handles<Input>(
  definition: JobDefinition<Input>,
  handler: JobHandler<Input>,
): readonly [JobDefinition, JobHandler<never>] {
  return [definition as JobDefinition, handler as JobHandler<never>] // the pair is kept together
}

function queueOf({ name, retries, timeLimit, keep, schedule }: JobDefinition): Queue {
  return {
    name,
    policy: schedule ? 'stately' : 'standard',
    retryLimit: retries.most,
    retryDelay: retries.firstPause,
    retryBackoff: true,
    retryDelayMax: retries.longestPause,
    expireInSeconds: timeLimit,
    deleteAfterSeconds: keep,
  }
}

function isDifferent(existing: Queue, wanted: Omit<Queue, 'name'>): boolean {
  return Object.entries(wanted).some(([option, value]) => existing[option as keyof Queue] !== value) // its own keys
}

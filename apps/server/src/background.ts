import { ChangeListener, Mailer, NotHeardError, SealedText } from '@worldloom/auth'
import { type Config, resolveAppSecret } from '@worldloom/config'
import { createDatabase, type DatabaseHandle } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import { Jobs } from '@worldloom/jobs'
import { WebhookSender } from '@worldloom/worlds'
import { connectionsOf } from './connections.ts'
import type { Logger } from './logger.ts'
import { allJobs, startWork } from './work.ts'

interface BackgroundOptions {
  readonly config: Config
  readonly database: DatabaseHandle
  readonly databaseUrl: string
  /** Past a pooler, if there is one. */
  readonly directUrl: string
  readonly images: ImageStore
  readonly logger: Logger
  /** What has to be stopped again, in the order it was started. Appended to. */
  readonly started: { push(...ends: readonly (() => Promise<unknown>)[]): void }
}

interface Background {
  readonly listener: ChangeListener
  readonly jobs: Jobs
  readonly mailer: Mailer
  readonly webhooks: WebhookSender
  /** Does what is done in the background in this process. @returns ends it */
  work(): Promise<() => Promise<void>>
}

/** Starts what a process needs to have something done in the background, and to do it itself. */
export async function startBackground(options: BackgroundOptions): Promise<Background> {
  const { config, database, databaseUrl, directUrl, images, logger, started } = options
  const listener = new ChangeListener({
    databaseUrl: directUrl,
    db: database.db,
    onListening: (listening, reason) => {
      if (listening) logger.info('listening for changes of sessions and permissions')
      else if (reason instanceof NotHeardError) {
        logger.warn('notifications do not arrive, so sessions are looked up each time: see DATABASE_DIRECT_URL')
      } else logger.warn({ reason: reason?.message }, 'lost the listener: sessions are looked up each time')
    },
  })
  started.push(() => listener.close())
  await listener.start()

  // On separate connections: what is done in the background takes its time, and must not hold up requests.
  const jobsDatabase = createDatabase(databaseUrl, {
    ...connectionsOf(config, logger),
    poolSize: 4,
    statementTimeout: 600,
    applicationName: 'worldloom jobs',
  })
  started.push(jobsDatabase.close)
  const jobs = new Jobs({
    database: jobsDatabase,
    definitions: allJobs,
    listener,
    onError: (error, job) => {
      if (job) logger.warn({ err: error, job: job.name, jobId: job.id }, 'a job failed')
      else logger.warn({ err: error }, 'jobs could not be looked for')
    },
  })
  await jobs.start()
  started.push(() => jobs.close(config.SHUTDOWN_TIMEOUT))

  const secret = resolveAppSecret(config)
  const mailer = new Mailer({
    delivers: config.SMTP_URL !== undefined,
    jobs,
    sealed: new SealedText(secret, 'mail'),
    onUnsent: ({ to, subject, text }) => {
      // Links sign people in, so they are logged only when trying out Worldloom.
      if (config.NODE_ENV === 'production') logger.warn({ subject }, 'no mail was sent: SMTP_URL is not set')
      else logger.info(`no SMTP_URL, so this mail to ${to} was not sent: ${subject}\n\n${text}`)
    },
    onFailed: (error) => logger.error({ err: error }, 'a mail was not composed'),
  })
  const webhooks = new WebhookSender({
    db: database.db,
    listener,
    sealed: new SealedText(secret, 'webhooks'),
    mailer,
    publicUrl: config.PUBLIC_URL,
    allowedHosts: config.WEBHOOK_ALLOWED_HOSTS,
    onError: (error) => logger.warn({ err: error }, 'webhooks were not delivered'),
  })
  return {
    listener,
    jobs,
    mailer,
    webhooks,
    work: () => startWork({ config, logger, database: jobsDatabase, jobs, images, mailer, webhooks }),
  }
}

import { deleteOldAnswers } from '@worldloom/api'
import {
  deleteExpiredGrants,
  deleteExpiredSessions,
  deleteExpiredSigningKeys,
  deleteExpiredTokens,
  deleteOldAddresses,
  MailSender,
  mailJob,
  type Post,
  RateLimits,
  SealedText,
  warnOfExpiringKeys,
} from '@worldloom/auth'
import { deleteOldConversations, deleteOldUsage } from '@worldloom/chat'
import { type Config, resolveAppSecret } from '@worldloom/config'
import type { DatabaseHandle } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import { defineJob, handles, type Jobs } from '@worldloom/jobs'
import {
  deleteOldDeliveries,
  deleteOldInvitations,
  deleteOldPresences,
  deleteOldShareLinks,
  dropOldChangePartitions,
  emptyTrash,
  ensureChangePartitions,
  sweepSearchWords,
  type WebhookSender,
} from '@worldloom/worlds'
import { z } from 'zod'
import { imageSizesJob, makeImageSizes } from './imageSizes.ts'
import { keepDerived } from './keepDerived.ts'
import type { Logger } from './logger.ts'
import { sweepImages } from './sweepImages.ts'

const nothing = z.strictObject({})

/** Deletes what is expired, only to save space. */
const sweepJob = defineJob({ name: 'sweep', input: nothing, schedule: '*/10 * * * *' })
/** Makes the change log's next partitions, and drops those that are too old. */
const historyJob = defineJob({ name: 'history', input: nothing, schedule: '5 * * * *' })
/** Deletes files that belong to no image. */
const imageFilesJob = defineJob({ name: 'image-files', input: nothing, schedule: '20 * * * *', timeLimit: 3000 })
/** Deletes for good what has been in the trash for long. */
const trashJob = defineJob({ name: 'trash', input: nothing, schedule: '40 * * * *', timeLimit: 3000 })
/** Tells the owners of API keys that these end soon. */
const expiringKeysJob = defineJob({ name: 'expiring-keys', input: nothing, schedule: '15 */6 * * *' })
/** Deletes words from the search's vocabulary that no world has any more. */
const searchWordsJob = defineJob({ name: 'search-words', input: nothing, schedule: '30 3 * * 0' })

/** Every job that there is. */
export const allJobs = [
  mailJob,
  sweepJob,
  historyJob,
  imageSizesJob,
  imageFilesJob,
  trashJob,
  expiringKeysJob,
  searchWordsJob,
] as readonly Parameters<typeof handles>[0][]

export interface WorkOptions {
  readonly config: Config
  readonly logger: Logger
  /** Of jobs alone. */
  readonly database: DatabaseHandle
  readonly jobs: Jobs
  readonly images: ImageStore
  readonly mailer: Pick<Post, 'send'>
  readonly webhooks: WebhookSender
}

/**
 * Does in this process what is done in the background: jobs, webhooks, and what follows from links and languages. Any number of
 * processes may.
 *
 * @returns ends it, once what is being done is done
 */
export async function startWork(options: WorkOptions): Promise<() => Promise<void>> {
  const { config, logger, database, jobs, images, mailer, webhooks } = options
  const { db } = database
  const rateLimits = new RateLimits(database.pool)
  const mail = config.SMTP_URL
    ? new MailSender({
        smtpUrl: config.SMTP_URL,
        from: config.MAIL_FROM,
        sealed: new SealedText(resolveAppSecret(config), 'mail'),
      })
    : undefined
  await jobs.work(
    new Map([
      ...(mail
        ? [
            handles(mailJob, async ({ sealed }, { id }) => {
              await mail.send(sealed, id)
            }),
          ]
        : []),
      handles(sweepJob, async () => {
        await deleteExpiredSessions(db)
        await deleteExpiredTokens(db)
        await deleteExpiredGrants(db)
        await deleteExpiredSigningKeys(db)
        await deleteOldAddresses(db)
        await deleteOldAnswers(db)
        await deleteOldInvitations(db)
        await deleteOldPresences(db)
        await deleteOldShareLinks(db)
        await deleteOldDeliveries(db)
        await deleteOldConversations(db)
        await deleteOldUsage(db)
        await rateLimits.deleteExpired()
      }),
      handles(historyJob, async () => {
        await ensureChangePartitions(db)
        if (config.HISTORY_RETENTION === undefined) return
        return { dropped: await dropOldChangePartitions(db, config.HISTORY_RETENTION) }
      }),
      handles(imageSizesJob, async (_, { signal }) => await makeImageSizes(db, images, logger, signal)),
      handles(imageFilesJob, async () => ({ deleted: await sweepImages(db, images) })),
      handles(trashJob, async (_, { signal }) => {
        if (config.TRASH_RETENTION === 'never') return
        return { ...(await emptyTrash(db, config.TRASH_RETENTION, signal)) }
      }),
      handles(expiringKeysJob, async () => ({
        mailed: await warnOfExpiringKeys(db, { mailer, publicUrl: config.PUBLIC_URL }),
      })),
      handles(searchWordsJob, async () => ({ deleted: await sweepSearchWords(db) })),
    ]),
  )
  webhooks.start()
  const endKeeping = keepDerived(db, logger)
  return async () => {
    await Promise.all([jobs.close(config.SHUTDOWN_TIMEOUT), webhooks.close(), endKeeping()])
    mail?.close()
  }
}

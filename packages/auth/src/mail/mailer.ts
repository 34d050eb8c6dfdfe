import type { Database } from '@worldloom/db'
import { defineJob, type Enqueue, FailedForGoodError } from '@worldloom/jobs'
import type { Language } from '@worldloom/schema'
import { createTransport, type Transporter } from 'nodemailer'
import { z } from 'zod'
import type { SealedText } from '../sealedText.ts'
import type { Letter } from './letters.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Connects to a mail server and signs in. @throws {Error} saying what did not work */
export async function verifyMailServer(smtpUrl: string): Promise<void> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 5000,
  })
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

export interface MailerOptions {
  /** Whether there is a server that mail can be sent by. */
  readonly delivers: boolean
  readonly jobs: Enqueue
  /** Seals what is sent until it is: links in it sign people in. */
  readonly sealed: SealedText
  /** Called with a mail instead of sending it, when there is no server. */
  readonly onUnsent: (mail: Mail) => void
  readonly onFailed: (error: unknown) => void
}

/** What has mail sent. */
export interface Post {
  /** Whether mail can be sent. */
  readonly delivers: boolean
  /** Has a mail sent once the transaction is committed, as a job: however long that takes, nobody waits for it. */
  send(db: Database, letter: Letter): Promise<void>
  /** Logs that a mail could not be composed, but not who it was for. */
  failed(error: unknown): void
  /** The same in the language of whoever asks for a mail. */
  in(language: Language): Post
}

/** Sends a mail, again and again for hours if the server does not take it. */
export const mailJob = defineJob({
  name: 'mail',
  input: z.strictObject({ sealed: z.string() }),
  retries: { most: 12, firstPause: 10, longestPause: 3600 },
  timeLimit: 120,
  concurrency: 4,
  keep: 86_400,
})

/** Has mail sent by {@link mailJob}. */
export class Mailer implements Post {
  readonly #options: MailerOptions

  constructor(options: MailerOptions) {
    this.#options = options
  }

  get delivers(): boolean {
    return this.#options.delivers
  }

  /** @param language that of whoever asked for it */
  async send(db: Database, letter: Letter, language: Language = 'en'): Promise<void> {
    const { delivers, jobs, sealed, onUnsent } = this.#options
    const mail: Mail = { to: letter.to, ...letter.in(language) }
    if (delivers) await jobs.enqueue(db, mailJob, { sealed: await sealed.seal(JSON.stringify(mail)) })
    else onUnsent(mail)
  }

  in(language: Language): Post {
    return {
      delivers: this.delivers,
      send: (db, letter) => this.send(db, letter, language),
      failed: (error) => this.failed(error),
      in: (other) => this.in(other),
    }
  }

  failed(error: unknown): void {
    this.#options.onFailed(error)
  }
}

export interface MailSenderOptions {
  /** `smtp://…` */
  readonly smtpUrl: string
  readonly from: string
  readonly sealed: SealedText
}

/** Does {@link mailJob}: hands mail to a server. */
export class MailSender {
  readonly #sealed: SealedText
  readonly #transport: Transporter

  constructor({ smtpUrl, from, sealed }: MailSenderOptions) {
    this.#sealed = sealed
    this.#transport = createTransport(smtpUrl, { from, disableFileAccess: true, disableUrlAccess: true })
  }

  /** @throws {FailedForGoodError} if the server will not take it at any time, such as for an address that does not exist */
  async send(sealed: string, id: string): Promise<void> {
    const mail = mailSchema.parse(JSON.parse(await this.#sealed.open(sealed)))
    try {
      // The same for each attempt: if it arrives twice, mail programs show it once.
      await this.#transport.sendMail({ ...mail, messageId: `<${id}@worldloom>` })
    } catch (error) {
      throw isRefused(error) ? new FailedForGoodError(error.message, { cause: error }) : error
    }
  }

  close(): void {
    this.#transport.close()
  }
}

const mailSchema = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() })

/** Whether the server refuses this mail (5xx), and not us. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 */
function isRefused(error: unknown): error is Error {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false
  return Number(error.responseCode) >= 500 && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE')
}

import { createTransport, type Transporter } from 'nodemailer'

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
  /** `smtp://…`; undefined if mail can't be sent. */
  readonly smtpUrl: string | undefined
  readonly from: string
  /** Called with a mail instead of sending it, when there is no server. */
  readonly onUnsent: (mail: Mail) => void
  readonly onFailed: (error: unknown) => void
}

/** Sends mail in the background: how long it takes must not reveal whether somebody has an account. */
export class Mailer {
  readonly #options: MailerOptions
  readonly #transport: Transporter | undefined
  readonly #pending = new Set<Promise<unknown>>()

  constructor(options: MailerOptions) {
    this.#options = options
    this.#transport = options.smtpUrl
      ? createTransport(options.smtpUrl, { from: options.from, disableFileAccess: true, disableUrlAccess: true })
      : undefined
  }

  /** Whether mail can be sent. */
  get delivers(): boolean {
    return this.#transport !== undefined
  }

  send(mail: Mail): void {
    if (!this.#transport) {
      this.#options.onUnsent(mail)
      return
    }
    const sending = this.#transport.sendMail(mail).catch((error) => this.failed(error))
    this.#pending.add(sending)
    void sending.finally(() => this.#pending.delete(sending))
  }

  /** Logs that a mail could not be composed or sent, but not who it was for. */
  failed(error: unknown): void {
    this.#options.onFailed(error)
  }

  /** Waits for mail that is being sent. */
  async close(): Promise<void> {
    await Promise.all(this.#pending)
    this.#transport?.close()
  }
}

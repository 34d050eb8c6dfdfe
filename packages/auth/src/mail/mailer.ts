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
  /** `smtp://…`; none where mails can't be sent. */
  readonly smtpUrl: string | undefined
  readonly from: string
  /** Told of a mail in place of sending it, where there is no server. */
  readonly onUnsent: (mail: Mail) => void
  readonly onFailed: (error: unknown) => void
}

/** Sends mails in the background: how long that takes must not tell whether somebody has an account. */
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

  /** Whether mails reach anybody. */
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

  /** Says that a mail could not be made or sent; whoever it was for is not told. */
  failed(error: unknown): void {
    this.#options.onFailed(error)
  }

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    await Promise.all(this.#pending)
    this.#transport?.close()
  }
}

import type { Language } from '@worldloom/schema'
import { createTransport, type Transporter } from 'nodemailer'
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
  /** `smtp://…`; undefined if mail can't be sent. */
  readonly smtpUrl: string | undefined
  readonly from: string
  /** Called with a mail instead of sending it, when there is no server. */
  readonly onUnsent: (mail: Mail) => void
  readonly onFailed: (error: unknown) => void
}

/** What sends mail. */
export interface Post {
  /** Whether mail can be sent. */
  readonly delivers: boolean
  send(letter: Letter): void
  /** Logs that a mail could not be composed or sent, but not who it was for. */
  failed(error: unknown): void
  /** The same in the language of whoever asks for a mail. */
  in(language: Language): Post
}

/** Sends mail in the background: how long it takes must not reveal whether somebody has an account. */
export class Mailer implements Post {
  readonly #options: MailerOptions
  readonly #transport: Transporter | undefined
  readonly #pending = new Set<Promise<unknown>>()

  constructor(options: MailerOptions) {
    this.#options = options
    this.#transport = options.smtpUrl
      ? createTransport(options.smtpUrl, { from: options.from, disableFileAccess: true, disableUrlAccess: true })
      : undefined
  }

  get delivers(): boolean {
    return this.#transport !== undefined
  }

  /** @param language that of whoever asked for it */
  send(letter: Letter, language: Language = 'en'): void {
    const mail: Mail = { to: letter.to, ...letter.in(language) }
    if (!this.#transport) {
      this.#options.onUnsent(mail)
      return
    }
    const sending = this.#transport.sendMail(mail).catch((error) => this.failed(error))
    this.#pending.add(sending)
    void sending.finally(() => this.#pending.delete(sending))
  }

  in(language: Language): Post {
    return {
      delivers: this.delivers,
      send: (letter) => this.send(letter, language),
      failed: (error) => this.failed(error),
      in: (other) => this.in(other),
    }
  }

  failed(error: unknown): void {
    this.#options.onFailed(error)
  }

  /** Waits for mail that is being sent. */
  async close(): Promise<void> {
    await Promise.all(this.#pending)
    this.#transport?.close()
  }
}

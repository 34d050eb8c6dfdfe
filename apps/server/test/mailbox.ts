import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'
import { atEnd } from './atEnd.ts'

export interface ReceivedMail {
  readonly to: string
  readonly text: string
}

/** A real SMTP server that keeps the mail it receives. */
export async function startMailbox(givenPort = 0) {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, session, done) => {
      const source = await text(stream)
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text: decode(source) })
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(givenPort, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo // TCP, so not the name of a pipe
  atEnd(() => new Promise<void>((resolve) => server.close(resolve)))

  /** The next mail to an address. Earlier ones are discarded. */
  async function next(to: string): Promise<ReceivedMail> {
    await expect.poll(() => mails.some((mail) => mail.to === to)).toBe(true)
    const index = mails.findIndex((mail) => mail.to === to)
    const mail = mails[index]
    mails.splice(0, index + 1)
    return mail ?? { to, text: '' }
  }

  return { url: `smtp://127.0.0.1:${port}`, mails, next }
}

/** The token in a mail's link. */
export function linkToken({ text: body }: ReceivedMail): string {
  return /token=([\w-]+)/.exec(body)?.[1] ?? ''
}

/** Quoted-printable, as nodemailer writes long lines. @see https://www.rfc-editor.org/rfc/rfc2045#section-6.7 */
function decode(source: string): string {
  return source
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}

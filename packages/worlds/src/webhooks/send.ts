import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { traceHeaders } from '@worldloom/telemetry'
import { useAgent } from 'request-filtering-agent'
import { Webhook } from 'standardwebhooks'

/** How long an address may take to respond, in milliseconds. */
const timeout = 15_000
/** So many characters of a response are kept; the rest is not read. */
const maxResponse = 2000

export interface Message {
  readonly url: string
  readonly secret: string
  /** The same for every attempt, so that receivers can tell that they have it already. */
  readonly id: string
  readonly body: string
}

export interface SendOptions {
  /** Hosts (`host` or `host:port`) that may have private addresses. */
  readonly allowedHosts: readonly string[]
  readonly timeout?: number
}

export interface Sent {
  /** Of the response; null if there was none. */
  readonly status: number | null
  /** The beginning of the response, or what went wrong. */
  readonly response: string
  readonly milliseconds: number
}

/**
 * Posts a message, signed after Standard Webhooks. Never to loopback, link-local or private addresses, whatever their
 * names resolve to, unless the host is allowed; redirects are not followed.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function sendMessage({ url, secret, id, body }: Message, options: SendOptions): Promise<Sent> {
  const began = performance.now()
  const sentAt = new Date()
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Worldloom',
    'accept-encoding': 'identity',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    ...traceHeaders(),
  }
  const outcome = await post(url, headers, body, options).catch((error: unknown) => ({
    status: null,
    response: sentenceOf(error),
  }))
  return { ...outcome, milliseconds: Math.round(performance.now() - began) }
}

function post(
  url: string,
  headers: Record<string, string | number>,
  body: string,
  { allowedHosts, timeout: milliseconds = timeout }: SendOptions,
): Promise<{ status: number | null; response: string }> {
  const { host, hostname, protocol } = new URL(url)
  const isAllowed = allowedHosts.includes(host) || allowedHosts.includes(hostname)
  const send = protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers,
      // Looks at the address that is connected to, so that no name can change its mind in between.
      ...(!isAllowed && { agent: useAgent(url) }),
      signal: AbortSignal.timeout(milliseconds),
    })
    request.on('error', reject)
    request.on('response', (response) => {
      let text = ''
      const status = response.statusCode ?? null
      const finish = () => {
        // Whatever else it has to say is not read.
        response.destroy()
        resolve({ status, response: text.slice(0, maxResponse).replaceAll('\0', '') })
      }
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
        if (text.length >= maxResponse) finish()
      })
      response.on('end', finish)
      response.on('error', (error) => (text === '' ? reject(error) : finish()))
    })
    request.end(body)
  })
}

/** Nothing internal: neither stacks nor what a name resolves to inside. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It could not be sent.'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'No response in time.'
  if (/is not allowed/.test(error.message)) {
    return 'The address is private. The operator can allow it by WEBHOOK_ALLOWED_HOSTS.'
  }
  const code = 'code' in error ? String(error.code) : ''
  return (
    { ECONNREFUSED: 'The connection was refused.', ENOTFOUND: 'There is no such host.' }[code] ??
    `It could not be sent (${code || error.name}).`
  )
}

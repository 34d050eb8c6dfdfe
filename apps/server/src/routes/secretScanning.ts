import { verify } from 'node:crypto'
import { addressKey, reportLeakedKey } from '@worldloom/auth'
import { Hono } from 'hono'
import { z } from 'zod'
import type { AppConfig, AppEnvironment } from '../appTypes.ts'
import { originOf } from '../clientAddress.ts'
import type { Logger } from '../logger.ts'
import { problem } from '../problem.ts'
import { limitsFor, type SignIn } from '../signInLimits.ts'

const reportsSchema = z
  .array(
    z.object({
      token: z.string().max(1000),
      type: z.string().max(200).default(''),
      /** Where it was found; empty for what is private. */
      url: z.string().max(2000).default(''),
    }),
  )
  .max(1000)

const keysSchema = z.object({ public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })) })

/** How long the keys of whoever reports are kept, and how soon they are asked for again for one that is not known. Milliseconds. */
const keptFor = 3_600_000
const soonest = 60_000

/** The keys that reports are signed with, as their address has them. */
class ReporterKeys {
  readonly #url: string
  #known = new Map<string, string>()
  #readAt = 0

  constructor(url: string) {
    this.#url = url
  }

  /** @returns undefined for a key that is not there @throws {Error} if they cannot be read */
  async find(id: string): Promise<string | undefined> {
    const age = Date.now() - this.#readAt
    if (age > keptFor || (!this.#known.has(id) && age > soonest)) {
      const response = await fetch(this.#url, {
        signal: AbortSignal.timeout(5000),
        headers: { accept: 'application/json' },
      })
      if (!response.ok) throw new Error(`${this.#url} answered ${response.status}`)
      const { public_keys: keys } = keysSchema.parse(await response.json())
      this.#known = new Map(keys.map(({ key_identifier, key }) => [key_identifier, key]))
      this.#readAt = Date.now()
    }
    return this.#known.get(id)
  }
}

export interface SecretScanningDependencies {
  readonly config: Pick<AppConfig, 'PUBLIC_URL' | 'SECRET_SCANNING_KEYS_URL'>
  readonly signIn: Pick<SignIn, 'db' | 'mailer' | 'rateLimits'>
  readonly logger: Logger
}

/**
 * Takes reports of API keys that were found in public, in the format of GitHub's secret scanning: such a key is switched off at once,
 * and its owner told.
 *
 * @see https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program
 */
export function secretScanningRoutes(deps: SecretScanningDependencies): Hono<AppEnvironment> {
  const { config, signIn, logger } = deps
  const routes = new Hono<AppEnvironment>()
  if (config.SECRET_SCANNING_KEYS_URL === undefined) return routes
  const keys = new ReporterKeys(config.SECRET_SCANNING_KEYS_URL)
  return routes.post('/secret-scanning', async (c) => {
    const origin = originOf(c)
    await limitsFor(c, signIn.rateLimits).consume('reportAddress', addressKey(origin.ipAddress))
    const id = c.req.header('github-public-key-identifier')
    const signature = c.req.header('github-public-key-signature')
    if (!id || !signature) return problem(c, 401, 'Not signed', 'A report has to be signed.')
    let key: string | undefined
    try {
      key = await keys.find(id)
    } catch (error) {
      logger.error({ err: error, requestId: origin.requestId }, 'the keys of secret scanning could not be read')
      return problem(c, 503, 'Unavailable', 'The keys that reports are signed with cannot be read right now.')
    }
    const body = await c.req.text()
    if (!key || !verify('sha256', Buffer.from(body), key, Buffer.from(signature, 'base64'))) {
      return problem(c, 401, 'Not signed', 'The signature of the report is not valid.')
    }
    const reports = reportsSchema.safeParse(jsonOf(body))
    if (!reports.success) return problem(c, 400, 'Bad request', 'The report is not in the format of secret scanning.')
    const answers = []
    for (const { token, type, url } of reports.data) {
      const where = URL.canParse(url) ? url : undefined
      const mailing = { mailer: signIn.mailer, publicUrl: config.PUBLIC_URL }
      const isOurs = await reportLeakedKey(signIn.db, mailing, token, where)
      answers.push({ token_raw: token, token_type: type, label: isOurs ? 'true_positive' : 'false_positive' })
    }
    return c.json(answers, 200, { 'cache-control': 'no-store' })
  })
}

/** @returns undefined for what is no JSON */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

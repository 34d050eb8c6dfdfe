import type { ChangeListener } from '@worldloom/auth'
import {
  formatWalPosition,
  parseWalPosition,
  type ReadReplica,
  type ReplicaStatus,
  type Replicas,
  type WalPosition,
} from '@worldloom/db'
import { NotFoundError } from '@worldloom/schema'
import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import type { AppContext, AppEnvironment } from './appTypes.ts'

/** Says where the database's log was after a change, and with reads, what they have to see. */
export const positionHeader = 'worldloom-position'
const positionCookie = 'worldloom_position'
/** For how many seconds a browser keeps a position: a replica that is further behind is not read from. */
const cookieLifetime = 10

/** Of changes to what people may see: db/migrations/0025_access_changed.sql. */
const accessChannel = 'access_changed'

/**
 * The replicas that requests read from.
 *
 * A caller reads what they have written: where the log was then is in the response, as a header for programs and as a cookie for
 * browsers, and comes with what they read next. What a caller may see is never older than what this process has been notified of, like
 * sessions in its cache; while notifications do not arrive, everything is read from the primary.
 */
export class ReadReplicas {
  readonly #replicas: Replicas
  readonly #listener: ChangeListener
  readonly #isSecure: boolean
  /** Whether notifications were missed. */
  #isUnsure = true

  constructor(replicas: Replicas, listener: ChangeListener, publicUrl: string) {
    this.#replicas = replicas
    this.#listener = listener
    this.#isSecure = publicUrl.startsWith('https:')
    listener.subscribe({
      channel: accessChannel,
      changed: () => void replicas.raiseFloor(),
      lost: () => {
        this.#isUnsure = true
      },
    })
  }

  /** @returns undefined where the primary has to be read */
  async pick(c: AppContext): Promise<ReadReplica | undefined> {
    if (!this.#listener.isListening) return undefined
    if (this.#isUnsure) {
      this.#isUnsure = false
      await this.#replicas.raiseFloor()
    }
    const found = await this.#replicas.pick(positionOf(c))
    return (
      found && {
        db: found.db,
        // What is not there may be by now: people tell each other what they have made.
        isAtFault: (error) => error instanceof NotFoundError || found.isAtFault(error),
      }
    )
  }

  status(): readonly ReplicaStatus[] {
    return this.#replicas.status()
  }

  /** How many requests were answered from where. */
  get reads(): Replicas['reads'] {
    return this.#replicas.reads
  }

  async noteWrite(c: AppContext): Promise<void> {
    // What has been written is written: without the position it may be a second until it can be read.
    const position = await this.#replicas.position().catch(() => undefined)
    if (position !== undefined) c.set('position', position)
  }

  /** For events: whoever reads what they are about has to see it. */
  async position(): Promise<string | undefined> {
    const position = await this.#replicas.position().catch(() => undefined)
    return position === undefined ? undefined : formatWalPosition(position)
  }

  /** Tells callers where the log was after what they have written. Of a response that has begun by then, a replica catches up within a second. */
  tell(): MiddlewareHandler<AppEnvironment> {
    return async (c, next) => {
      await next()
      const position = c.get('position')
      const { outgoing } = c.env
      if (position === undefined || outgoing.headersSent) return
      const text = formatWalPosition(position)
      outgoing.setHeader(positionHeader, text)
      if (c.req.header('cookie') === undefined) return
      const attributes = {
        path: '/',
        httpOnly: false,
        sameSite: 'Lax',
        secure: this.#isSecure,
        maxAge: cookieLifetime,
      } as const
      outgoing.appendHeader('set-cookie', serialize(positionCookie, text, attributes))
    }
  }
}

/** What a caller has to see. One who invents a position reads from the primary, or what is a second old at most. */
function positionOf(c: AppContext): WalPosition | undefined {
  const given = [c.req.header(positionHeader), getCookie(c, positionCookie)]
  let last: WalPosition | undefined
  for (const text of given) {
    const position = text === undefined ? undefined : parseWalPosition(text)
    if (position !== undefined && (last === undefined || position > last)) last = position
  }
  return last
}

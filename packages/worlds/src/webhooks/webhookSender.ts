import {
  type ChangeListener,
  findUserGrants,
  type KnownPrincipal,
  letters,
  type Post,
  type SealedText,
} from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { ConflictError, type HistoryItem, NotFoundError } from '@worldloom/schema'
import { sql } from 'kysely'
import pLimit from 'p-limit'
import { readItemsAfter } from '../changes/items.ts'
import { findEntitiesOfAnyKind } from '../entities/read.ts'
import { worldChannel } from '../live/announce.ts'
import { type SendOptions, type Sent, sendMessage } from './send.ts'
import { findWebhook, webhookChannel } from './webhooks.ts'

export interface WebhookSenderOptions extends SendOptions {
  readonly db: Database
  /** Receives what all processes announce. */
  readonly listener: ChangeListener
  /** Opens the webhooks' secrets. */
  readonly sealed: SealedText
  readonly mailer: Pick<Post, 'send'>
  /** Worldloom's origin, for links. */
  readonly publicUrl: string
  readonly onError: (error: unknown) => void
}

/** Webhooks that a process delivers to at the same time. */
const maxConcurrent = 8
/** How often it looks for deliveries that are due again, in milliseconds. */
const lookMilliseconds = 5000
/** For how long a process has a webhook to itself, in seconds: longer than an attempt can take. */
const leaseSeconds = 60
/** The pauses between attempts, in seconds; the last one is repeated. */
const pauses = [5, 30, 120, 600, 1800, 3600, 7200]
/** After so many seconds of failures a webhook is switched off. */
const patience = 24 * 3600
/** How many changes are looked at in one go. */
const pageSize = 100

interface Claimed {
  readonly id: string
  readonly worldId: string
  readonly ownerId: string
  readonly url: string
  readonly events: readonly string[]
  readonly secretJwe: string
  readonly position: string
  readonly failures: number
  readonly failingSince: Date | null
}

/**
 * Delivers changes to webhooks: of each, one after the other in the order of the log, and again after growing pauses when
 * that fails. Any number of processes may do so; each webhook is one process's at a time.
 */
export class WebhookSender {
  /** What the webhooks' secrets are encrypted with. */
  readonly sealed: SealedText
  readonly #options: WebhookSenderOptions
  readonly #limit = pLimit(maxConcurrent)
  #timer: NodeJS.Timeout | undefined
  readonly #running = new Set<Promise<void>>()
  /** The worlds that have webhooks: changes to any other are none of its business. */
  #worlds: ReadonlySet<string> = new Set()
  #isClosed = false
  #isLooking = false
  #isDue = false

  constructor(options: WebhookSenderOptions) {
    this.#options = options
    this.sealed = options.sealed
  }

  /** Delivers in this process from now on, until it is closed. */
  start(): void {
    const { listener } = this.#options
    const lost = () => undefined
    listener.subscribe({
      channel: worldChannel,
      changed: (worldId) => this.#worlds.has(worldId) && this.#look(),
      lost,
    })
    listener.subscribe({ channel: webhookChannel, changed: () => this.#look(), lost })
    this.#timer = setInterval(() => this.#look(), lookMilliseconds)
    this.#timer.unref()
  }

  /** Finishes what is being delivered. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    await Promise.all(this.#running)
  }

  /**
   * Delivers something once more that was delivered before, or tried to.
   *
   * @throws {NotFoundError | RoleTooLowError}
   */
  async resend(principal: KnownPrincipal, deliveryId: string) {
    const { db } = this.#options
    const delivery = await db
      .selectFrom('webhookDeliveries')
      .where('id', '=', deliveryId)
      .select(['webhookId', 'messageId', 'event', 'payload'])
      .executeTakeFirstOrThrow(() => new NotFoundError('delivery'))
    const { id } = await findWebhook(db, principal, delivery.webhookId)
    const { url, secretJwe } = await this.#secretOf(id)
    return await this.#attempt({ id, url, secretJwe }, delivery.messageId, delivery.event, delivery.payload)
  }

  /** Sends an event `ping`, to try a webhook out. @throws {NotFoundError | RoleTooLowError} */
  async ping(principal: KnownPrincipal, id: string) {
    const { worldId } = await findWebhook(this.#options.db, principal, id)
    const webhook = { id, ...(await this.#secretOf(id)) }
    const payload = JSON.stringify({ type: 'ping', timestamp: new Date().toISOString(), data: { worldId } })
    return await this.#attempt(webhook, `msg_${id}_ping_${Date.now()}`, 'ping', payload)
  }

  async #secretOf(id: string) {
    return await this.#options.db
      .selectFrom('webhooks')
      .where('id', '=', id)
      .select(['url', 'secretJwe'])
      .executeTakeFirstOrThrow(() => new NotFoundError('webhook'))
  }

  /** Once at a time, and once more if it was asked for meanwhile. */
  #look(): void {
    this.#isDue = true
    if (this.#isLooking || this.#isClosed) return
    this.#isLooking = true
    this.#track(
      this.#lookNow().finally(() => {
        this.#isLooking = false
      }),
    )
  }

  #track(work: Promise<void>): void {
    const running = work.catch((error) => this.#options.onError(error))
    this.#running.add(running)
    void running.finally(() => this.#running.delete(running))
  }

  async #lookNow(): Promise<void> {
    while (this.#isDue && !this.#isClosed) {
      this.#isDue = false
      const { db } = this.#options
      const active = await db.selectFrom('webhooks').where('isActive', '=', true).select('worldId').distinct().execute()
      this.#worlds = new Set(active.map(({ worldId }) => worldId))
      if (active.length === 0) continue
      for (;;) {
        const claimed = await this.#claim()
        if (!claimed) break
        // Looks again: what was committed while it was leased was announced in vain.
        this.#track(this.#limit(() => this.#deliver(claimed)).then(() => this.#look()))
        // The others wait until there is room: their leases would run out.
        while (this.#limit.pendingCount > 0) await Promise.race(this.#running)
      }
    }
  }

  /** Takes a webhook that has something to be delivered now. */
  async #claim(): Promise<Claimed | undefined> {
    const { rows } = await sql<Claimed>`
      update webhooks set leased_until = now() + make_interval(secs => ${leaseSeconds})
      where id = (
        select webhooks.id from webhooks join change_heads using (world_id)
        where webhooks.is_active and webhooks.next_attempt_at <= now()
          and (webhooks.leased_until is null or webhooks.leased_until < now())
          and webhooks.position < change_heads.position
        order by webhooks.next_attempt_at limit 1
        for update of webhooks skip locked
      )
      returning id, world_id as "worldId", owner_id as "ownerId", url, events, secret_jwe as "secretJwe", position,
        failures, failing_since as "failingSince"`.execute(this.#options.db)
    return rows[0]
  }

  /** Delivers what there is, until an attempt fails. */
  async #deliver(claimed: Claimed): Promise<void> {
    const { db } = this.#options
    let position = Number(claimed.position)
    const settle = async (changes: {
      failures?: number
      failingSince?: Date | null
      nextAttemptAt?: Date
      isActive?: boolean
      offBecause?: 'failures' | 'gone' | 'access'
    }) => {
      await db
        .updateTable('webhooks')
        .set({ position, leasedUntil: null, ...changes })
        .where('id', '=', claimed.id)
        .execute()
    }
    try {
      for (let isFirst = true; !this.#isClosed; isFirst = false) {
        const reader = await this.#readerOf(claimed)
        if (!reader) {
          await settle({ isActive: false, offBecause: 'access' })
          return
        }
        const items = await readItemsAfter(db, claimed.worldId, position, pageSize)
        if (!items) {
          // What it missed is not in the log any more: it goes on with what there is.
          position = await this.#oldestPosition(claimed.worldId)
          continue
        }
        const next = items.find((item) => isWanted(claimed.events, item))
        if (!next) {
          position = items.at(-1)?.position ?? position
          if (items.length === pageSize) continue
          await settle(isFirst ? {} : { failures: 0, failingSince: null })
          return
        }
        const { status } = await this.#attempt(
          claimed,
          `msg_${claimed.id}_${next.position}`,
          eventOf(next),
          await this.#payloadOf(claimed, reader, next),
        )
        if (status === null || status < 200 || status > 299) {
          await this.#settleFailure(claimed, status, isFirst, settle)
          return
        }
        position = next.position
        // Kept with the lease, so that nothing is delivered twice if this process ends.
        const { numUpdatedRows } = await db
          .updateTable('webhooks')
          .set({
            position,
            failures: 0,
            failingSince: null,
            leasedUntil: sql<Date>`now() + make_interval(secs => ${leaseSeconds})`,
          })
          .where('id', '=', claimed.id)
          .where('isActive', '=', true)
          .executeTakeFirstOrThrow()
        // Switched off or deleted meanwhile.
        if (numUpdatedRows === 0n) return
      }
      await settle({})
    } catch (error) {
      this.#options.onError(error)
      await settle({ nextAttemptAt: new Date(Date.now() + 30_000) })
    }
  }

  async #settleFailure(
    claimed: Claimed,
    status: number | null,
    isFirst: boolean,
    settle: (changes: {
      failures: number
      failingSince: Date
      nextAttemptAt: Date
      isActive?: boolean
      offBecause?: 'failures' | 'gone'
    }) => Promise<void>,
  ): Promise<void> {
    const failures = (isFirst ? claimed.failures : 0) + 1
    const failingSince = (isFirst ? claimed.failingSince : null) ?? new Date()
    const pause = pauses[Math.min(failures, pauses.length) - 1] ?? 0
    const nextAttemptAt = new Date(Date.now() + pause * 1000 * (0.9 + Math.random() / 5))
    // 410: the receiver says that it wants no more.
    const offBecause =
      status === 410 ? 'gone' : Date.now() - failingSince.getTime() >= patience * 1000 ? 'failures' : undefined
    await settle({ failures, failingSince, nextAttemptAt, ...(offBecause && { isActive: false, offBecause }) })
    if (offBecause) await this.#tellOwner(claimed)
  }

  async #tellOwner({ ownerId, url, worldId }: Claimed): Promise<void> {
    const { db, mailer, publicUrl } = this.#options
    const found = await db
      .selectFrom('users')
      .innerJoin('worlds', (join) => join.on('worlds.id', '=', worldId))
      .where('users.id', '=', ownerId)
      .select(['users.email', 'worlds.displayName'])
      .executeTakeFirst()
    if (!found?.email) return
    const link = `${publicUrl}/worlds/${worldId}/webhooks`
    await mailer.send(db, letters.webhookOff(found.email, new URL(url).host, found.displayName, link))
  }

  /** Its owner, if they may read the world by now. */
  async #readerOf({ ownerId, worldId }: Claimed): Promise<KnownPrincipal | undefined> {
    const { db } = this.#options
    const member = await db
      .selectFrom('worldMembers')
      .innerJoin('users', 'users.id', 'worldMembers.userId')
      .innerJoin('worlds', 'worlds.id', 'worldMembers.worldId')
      .where('worldMembers.worldId', '=', worldId)
      .where('worldMembers.userId', '=', ownerId)
      .where('users.isActive', '=', true)
      .where('worlds.deletedAt', 'is', null)
      .select('users.id')
      .executeTakeFirst()
    if (!member) return undefined
    // They are not calling, but what they could read if they were is what is sent.
    const principal = {
      ...(await findUserGrants(db, ownerId)),
      kind: 'session' as const,
      sessionId: '',
      confirmedAt: 0,
    }
    return principal.permissions.has('entity:read') ? principal : undefined
  }

  async #oldestPosition(worldId: string): Promise<number> {
    const { oldest } = await this.#options.db
      .selectFrom('changes')
      .where('worldId', '=', worldId)
      .select(sql<string>`coalesce(min(position), 1)`.as('oldest'))
      .executeTakeFirstOrThrow()
    return Number(oldest) - 1
  }

  /** What was changed and, if it is there, the entry as it is now: as its owner may read it. */
  async #payloadOf({ worldId }: Claimed, reader: KnownPrincipal, change: HistoryItem): Promise<string> {
    const isEntry = change.kind !== 'world' && change.kind !== 'member'
    const [entry = null] = isEntry ? await findEntitiesOfAnyKind(this.#options.db, reader, [change.subjectId]) : []
    return JSON.stringify({ type: eventOf(change), timestamp: change.changedAt, data: { worldId, change, entry } })
  }

  async #attempt(
    { id, url, secretJwe }: { readonly id: string; readonly url: string; readonly secretJwe: string },
    messageId: string,
    event: string,
    payload: string,
  ) {
    const { db } = this.#options
    const secret = await this.sealed.open(secretJwe).catch((error) => {
      throw new ConflictError('The secret can’t be read, as APP_SECRET is another by now. Make a new secret.', error)
    })
    const sent: Sent = await sendMessage({ url, secret, id: messageId, body: payload }, this.#options)
    return await db
      .insertInto('webhookDeliveries')
      .values({ webhookId: id, messageId, event, payload, ...sent })
      .returning(['id', 'messageId', 'event', 'payload', 'status', 'response', 'milliseconds', 'at'])
      .executeTakeFirstOrThrow()
  }
}

function eventOf({ kind, action }: HistoryItem): string {
  return `${kind}.${action}`
}

function isWanted(events: readonly string[], item: HistoryItem): boolean {
  return events.includes('*') || events.includes(`${item.kind}.*`) || events.includes(eventOf(item))
}

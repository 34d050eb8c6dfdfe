import type { Database } from '@worldloom/db'
import type { AuditAction } from '@worldloom/schema'
import type { KnownPrincipal, Principal } from './principal.ts'
import type { Device } from './sessions.ts'

/** Who did something, and from where. */
export interface Actor {
  readonly kind: Principal['kind'] | 'operator'
  readonly userId?: string | undefined
  readonly name?: string | undefined
  readonly apiKeyId?: string | undefined
  readonly ipAddress?: string | undefined
  readonly requestId?: string | undefined
  /** Whether they confirmed what the chat proposed. */
  readonly viaChat?: boolean
}

/** Where a request comes from, and which one it is. */
export interface Origin extends Device {
  readonly requestId: string
}

/** The operator, at the command line. */
export const operator: Actor = { kind: 'operator', name: 'Operator' }

export function actorOf(principal: KnownPrincipal, origin: Origin): Actor {
  return {
    kind: principal.kind,
    userId: principal.user.id,
    name: principal.user.displayName,
    ...(principal.kind === 'apiKey' && { apiKeyId: principal.apiKeyId }),
    ...origin,
  }
}

/** An actor as the columns that the logs share. */
export function actorColumns(actor: Actor) {
  return {
    actorKind: actor.kind,
    actorId: actor.userId ?? null,
    actorName: actor.name ?? null,
    apiKeyId: actor.apiKeyId ?? null,
    requestId: actor.requestId ?? null,
  }
}

export interface AuditEvent {
  readonly action: AuditAction
  /** @default 'success' */
  readonly outcome?: 'success' | 'failure'
  readonly subject?: { readonly kind: string; readonly id: string; readonly name?: string | undefined }
  /** Further details, never secrets. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** Records who did what, in the transaction of the change where there is one. */
export async function recordEvent(db: Database, actor: Actor, event: AuditEvent): Promise<void> {
  await db
    .insertInto('auditEvents')
    .values({
      action: event.action,
      outcome: event.outcome ?? 'success',
      ...actorColumns(actor),
      ipAddress: actor.ipAddress ?? null,
      subjectKind: event.subject?.kind ?? null,
      subjectId: event.subject?.id ?? null,
      subjectName: event.subject?.name ?? null,
      details: JSON.stringify(event.details ?? {}),
    })
    .execute()
}

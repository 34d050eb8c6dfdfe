import type { EntityKind } from './entity/kinds.ts'
import type { FieldDiff } from './history.ts'

// Plain types, which the schemas in changeSetSchema.ts are checked against: the client package ships them without any schema.

export const changeSetStatuses = ['pending', 'confirmed', 'dismissed'] as const
export type ChangeSetStatus = (typeof changeSetStatuses)[number]

/** Changes to a world that somebody proposes, or a program on their behalf, and a person confirms. */
export interface ChangeSet {
  readonly id: string
  readonly worldId: string
  /** What it is for, as whoever proposes it says. */
  readonly title: string
  readonly status: ChangeSetStatus
  /** How many changes it consists of. */
  readonly count: number
  readonly proposedById: string
  readonly proposedBy: string
  /** The name of the API key that it was proposed with; null without one. */
  readonly apiKeyName: string | null
  /** Whether it was proposed in a chat. */
  readonly viaChat: boolean
  readonly createdAt: Date
  /** Null while it is pending. */
  readonly decidedAt: Date | null
  /** Null while it is pending, or if that person is gone. */
  readonly decidedById: string | null
  readonly decidedBy: string | null
  /** The request that wrote it, by which it can be undone as a whole; null unless it was confirmed. */
  readonly requestId: string | null
}

/** Changes that have just been proposed. */
export interface ChangeSetProposed extends ChangeSet {
  /** Where a person sees and decides on them. */
  readonly url: string
}

/** An end of a proposed link: an entry, or one that the change set creates. */
export interface ProposedEnd {
  /** Null for an entry that the change set creates. */
  readonly id: string | null
  readonly kind: EntityKind
  readonly displayName: string
}

/** One change of a change set, compared with what is there. */
export interface ProposedChange {
  readonly action: 'create' | 'update' | 'delete' | 'link'
  /** Null for links. */
  readonly kind: EntityKind | null
  /** The entry; null for links, and for one that is to be created. */
  readonly id: string | null
  /** Of the entry; of a link how it reads between its ends. */
  readonly displayName: string
  /** By which name other changes of the set refer to an entry that it creates. */
  readonly as: string | null
  /** Whether somebody has changed the entry since this was proposed. */
  readonly isOutdated: boolean
  /** Whether the entry is in the trash or gone by now, so that this cannot be confirmed. */
  readonly isGone: boolean
  /** What would be different, against the entry as it is now. */
  readonly fields: FieldDiff[]
  /** How many entries would go into the trash with the one that is to be deleted. */
  readonly along: number
  /** Null unless it is a link. */
  readonly link: {
    readonly from: ProposedEnd
    readonly to: ProposedEnd
    readonly note: string
    readonly beganOn: string | null
    readonly endedOn: string | null
  } | null
}

/** A change set with what it would change. */
export interface ChangeSetDetails {
  readonly changeSet: ChangeSet
  /** What was compared: confirming takes it, so that nobody confirms what they have not seen. */
  readonly etag: string
  readonly changes: ProposedChange[]
}

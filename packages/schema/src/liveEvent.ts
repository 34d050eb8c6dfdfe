import type { HistoryItem } from './history.ts'

// Plain types, as in history.ts.

/** Somebody who has a world open. */
export interface PersonHere {
  readonly userId: string
  readonly displayName: string
  /** The tab or program that reported it. */
  readonly clientId: string
  /** The entry that is open there, if any. */
  readonly subjectId: string | null
  /** The field of it that is being edited, if any. */
  readonly field: string | null
}

/** Where the database has replicas. */
interface ReadFrom {
  /** What has to be sent as `Worldloom-Position` with what is read next, so that a replica which is not that far is not read. */
  readonly position?: string
}

/** The events of a stream of changes. The id of each is where the stream is after it. */
export type LiveEvent =
  /** The first one. */
  | { readonly type: 'start' }
  | ({ readonly type: 'change'; readonly worldId: string; readonly change: HistoryItem } & ReadFrom)
  /** Who has the world open, whenever that changes. */
  | { readonly type: 'here'; readonly worldId: string; readonly people: PersonHere[] }
  /** How many proposals wait for a decision, whenever something is proposed or decided. */
  | ({ readonly type: 'proposals'; readonly worldId: string; readonly pending: number } & ReadFrom)
  /** The reader is too far behind: everything known of the world may be out of date. */
  | ({ readonly type: 'reset'; readonly worldId: string } & ReadFrom)
  /** The world was deleted, or is not shared with the reader any more. Nothing more comes of it. */
  | { readonly type: 'gone'; readonly worldId: string }

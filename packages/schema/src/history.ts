import type { EntityKind } from './entity/kinds.ts'

// Plain types, which the schemas in change.ts are checked against: the client package ships them without any schema.

/** What a change did, as the change log has it. */
export const changeActions = ['create', 'update', 'delete', 'restore', 'move', 'link', 'unlink', 'import'] as const
export type ChangeAction = (typeof changeActions)[number]

/** What belongs to a world besides its entries. */
export const worldRecordKinds = ['tag', 'linkKind', 'link', 'finding', 'map', 'marker'] as const
export type WorldRecordKind = (typeof worldRecordKinds)[number]

/** What was changed: an entry of a kind, a tag, a link and so on, the world itself, or one of its members. */
export type ChangeSubjectKind = EntityKind | WorldRecordKind | 'world' | 'member'

/** A line of a world's history. */
export interface HistoryItem {
  /** Where in the world's history it is: 1, 2, 3, … */
  readonly position: number
  readonly action: ChangeAction
  readonly kind: ChangeSubjectKind
  readonly subjectId: string
  /** As it was called then. */
  readonly subjectName: string
  /** After the change; null for members. */
  readonly version: number | null
  /** The names of the fields that were changed. */
  readonly fields: string[]
  /** Null for the operator, at the command line. */
  readonly userId: string | null
  readonly userName: string | null
  /** Whether the change was proposed by the chat. */
  readonly viaChat: boolean
  /** The `X-Request-Id` of the response to the request that made it; null for the command line. */
  readonly requestId: string | null
  readonly changedAt: Date
}

/** An entry as it was in one version: its fields by name, links as lists of ids. */
export interface EntityVersion {
  readonly id: string
  readonly kind: EntityKind
  readonly version: number
  /** Whether this is the current version. */
  readonly isCurrent: boolean
  readonly fields: Record<string, unknown>
}

/** What an entry is linked with: lists of ids, including those in the trash. Each kind has its own. */
export interface EntryLinks {
  /** The cast of a scene. */
  readonly personaIds?: string[] | undefined
  /** The things in a scene. */
  readonly thingIds?: string[] | undefined
  /** The stories of a book, in order. */
  readonly storyIds?: string[] | undefined
  /** Of any kind. */
  readonly tagIds?: string[] | undefined
}

/** A piece of a text that was kept, added or removed. */
export interface TextPart {
  readonly change: 'same' | 'added' | 'removed'
  readonly text: string
}

/** What differs in a field: a text in parts, any other value before and after. */
export type FieldDiff =
  | { readonly field: string; readonly parts: TextPart[] }
  | { readonly field: string; readonly before: unknown; readonly after: unknown }

/** What differs between two versions of an entry. */
export interface EntityDiff {
  readonly id: string
  readonly kind: EntityKind
  readonly from: number
  readonly to: number
  readonly fields: FieldDiff[]
}

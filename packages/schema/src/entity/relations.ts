import type { EntityKind } from './kinds.ts'

/** The entry's parent, with which it goes into the trash. */
export interface Parent {
  readonly field: string
  readonly kind: EntityKind
  readonly label: string
  /** Whether every entry has one. */
  readonly required: boolean
}

/** Links that have a table of their own, by what lists are filtered by: `personaId` for the personas of a scene. */
export type LinkedBy<Names extends string = string> = Readonly<
  Record<Names, { readonly kind: EntityKind; readonly label: string }>
>

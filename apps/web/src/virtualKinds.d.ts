/** Generated from the definitions in packages/schema/src/entity by vite/kinds.ts. */
declare module 'virtual:kinds' {
  import type { Control, EntityKind, EntityWording, Parent } from '@worldloom/schema'

  export interface KindField {
    readonly name: string
    readonly label: string
    readonly hint?: string
    readonly control: Control
    readonly initial: string | null
    readonly maxLength?: number
  }

  /** The fields that a list of the kind can be filtered by. */
  export interface KindFilter {
    readonly name: string
    readonly label: string
    readonly control: Extract<Control, { as: 'choice' | 'reference' }>
  }

  export interface Kind {
    readonly kind: EntityKind
    readonly plural: string
    readonly wording: EntityWording
    readonly parent?: Parent
    readonly ordered: boolean
    readonly fields: readonly KindField[]
    readonly filters: readonly KindFilter[]
  }

  export const kinds: Readonly<Record<EntityKind, Kind>>
}

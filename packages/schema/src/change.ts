import type { EntityKind } from './entity/kinds.ts'

/** What a change did, as the change log has it. */
export const changeActions = ['create', 'update', 'delete', 'restore', 'move', 'link', 'unlink', 'import'] as const
export type ChangeAction = (typeof changeActions)[number]

/** What was changed: an entry of a kind, the world itself, or its members. */
export type ChangeSubjectKind = EntityKind | 'world' | 'member'

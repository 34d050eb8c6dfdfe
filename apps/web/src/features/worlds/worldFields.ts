import type { World } from '../../lib/api.ts'

/** What a person edits of a world. */
export type WorldDraft = Pick<World, 'name' | 'displayName' | 'description' | 'body' | 'visibility'>

const draftFields = ['name', 'displayName', 'description', 'body', 'visibility'] as const satisfies (keyof WorldDraft)[]

export const fieldLabels: Record<keyof WorldDraft, string> = {
  name: 'Name',
  displayName: 'Display name',
  description: 'Description',
  body: 'Body',
  visibility: 'Who can read it',
}

export const emptyDraft: WorldDraft = { name: '', displayName: '', description: '', body: '', visibility: 'private' }

export function draftOf(world: World): WorldDraft {
  const { name, displayName, description, body, visibility } = world
  // The same as the name means that none was given.
  return { name, displayName: displayName === name ? '' : displayName, description, body, visibility }
}

/** The fields in which two drafts differ. */
export function differences(one: WorldDraft, other: WorldDraft): (keyof WorldDraft)[] {
  return draftFields.filter((field) => one[field] !== other[field])
}

/** One draft with the given fields of another. */
export function withFields(draft: WorldDraft, other: WorldDraft, fields: readonly (keyof WorldDraft)[]): WorldDraft {
  return { ...draft, ...Object.fromEntries(fields.map((field) => [field, other[field]])) }
}

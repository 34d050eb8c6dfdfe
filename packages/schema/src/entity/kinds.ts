/** The kinds a world is made of. */
export const entityKinds = ['story', 'book', 'act', 'scene', 'persona', 'location', 'thing', 'image'] as const
export type EntityKind = (typeof entityKinds)[number]

/** In rising order of what they may do. */
export const worldRoles = ['viewer', 'editor', 'owner'] as const
export type WorldRole = (typeof worldRoles)[number]

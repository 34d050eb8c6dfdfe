/** In order, from the fewest permissions to the most. */
export const worldRoles = ['viewer', 'editor', 'owner'] as const
export type WorldRole = (typeof worldRoles)[number]

import { z } from 'zod'

export const idField = z.uuid('Must be an id (a UUID)')

/** The version that a change is based on. */
export const versionField = z.int('Must be a whole number').min(1, 'Must be at least 1')

/**
 * Whether a change based on an older version is merged with what others have changed since. It is refused if they
 * changed one of the same fields, or if this is false.
 *
 * @default true; with `If-Match`, false
 */
export const mergeField = z.boolean('Must be true or false').optional()

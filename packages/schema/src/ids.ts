import { z } from 'zod'

export const idField = z.uuid('Must be an id (a UUID)')

/** The version a change was made on; one that is no longer current is refused. */
export const versionField = z.int('Must be a whole number').min(1, 'Must be at least 1')

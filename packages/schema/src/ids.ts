import { z } from 'zod'

export const idField = z.uuid('Must be an id (a UUID)')

/** The version that a change is based on. It is refused if it is no longer current. */
export const versionField = z.int('Must be a whole number').min(1, 'Must be at least 1')

import { z } from 'zod'

/** A moment, as answers have it: over the wire a text such as 2027-01-31T12:00:00.000Z. */
export const timestamp = z.date().meta({ format: 'date-time' })

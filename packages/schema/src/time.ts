import { z } from 'zod'

/** A time in outputs. Over the wire it is a string such as 2027-01-31T12:00:00.000Z. */
export const timestamp = z.date().meta({ format: 'date-time' })

/** A time in inputs. */
export const timeField = z.iso.datetime({ offset: true, error: 'Must be a time such as 2027-01-31T00:00:00Z' })

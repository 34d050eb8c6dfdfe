import { z } from 'zod'

export const maxPageSize = 200

/** The paging input of every list. */
export const pageInput = {
  limit: z
    .int('Must be a whole number')
    .min(1, 'Must be at least 1')
    .max(maxPageSize, `Must be at most ${maxPageSize}`)
    .default(50),
  /** The `nextCursor` of the page before. Opaque, and valid only for the same list in the same order. */
  cursor: z.string().max(1000, 'Must be a cursor that a list gave').optional(),
  /** Sent by tRPC's query bindings and ignored: pages only go forward. */
  direction: z.enum(['forward', 'backward'], { error: 'Must be forward or backward' }).optional(),
}

/** The output of every list. */
export interface Page<Item> {
  readonly items: Item[]
  /** Where the next page begins; null on the last page. */
  readonly nextCursor: string | null
}

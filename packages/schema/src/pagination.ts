import { z } from 'zod'

export const maxPageSize = 200

/** How the pages of every list are asked for. */
export const pageInput = {
  limit: z
    .int('Must be a whole number')
    .min(1, 'Must be at least 1')
    .max(maxPageSize, `Must be at most ${maxPageSize}`)
    .default(50),
  /** The `nextCursor` of the page before. Opaque: it holds for the same list in the same order only. */
  cursor: z.string().max(1000, 'Must be a cursor that a list gave').optional(),
  /** Sent along by tRPC's query bindings. Pages go forward, whatever it says. */
  direction: z.enum(['forward', 'backward'], { error: 'Must be forward or backward' }).optional(),
}

/** How every list answers. */
export interface Page<Item> {
  readonly items: Item[]
  /** Where the next page begins; null at the end. */
  readonly nextCursor: string | null
}

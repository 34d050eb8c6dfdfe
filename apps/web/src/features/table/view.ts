import type { RouterOutputs } from '../../lib/api.ts'

/** A view that was saved with a name. */
export type View = RouterOutputs['view']['list']['items'][number]

import type { RouterOutputs } from '../../lib/api.ts'

/** A conversation in lists. */
export type ConversationSummary = RouterOutputs['conversation']['list']['items'][number]

import type { RouterOutputs } from '../../lib/api.ts'

/** A conversation as lists show it. */
export type ConversationSummary = RouterOutputs['conversation']['list']['items'][number]

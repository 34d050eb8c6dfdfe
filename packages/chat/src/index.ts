export { Chat, type ChatLimits } from './chat.ts'
export {
  createConversation,
  deleteConversation,
  deleteOldConversations,
  findConversation,
  listConversations,
  renameConversation,
  restoreConversation,
  showBranch,
} from './conversations.ts'
export type { CostCaps, CostSettings, TokenPrices } from './costs.ts'
export { exportConversation } from './export.ts'
export { loggable } from './failure.ts'
export { configuredModel, endpointOf, missingSettings } from './model.ts'
export { confirmProposal, dismissProposal } from './proposals.ts'
export type { Asker } from './runningAnswers.ts'
export { deleteOldUsage } from './usage.ts'

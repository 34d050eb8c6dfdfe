export {
  type Access,
  anyCredential,
  type Credential,
  checkAccess,
  type PrincipalAccess,
  type PrincipalOf,
} from './access.ts'
export { type AccessRow, accessDocument, accessRows } from './accessDocument.ts'
export {
  archivedKinds,
  countWorld,
  listImageFiles,
  readArchivedEntities,
  readArchivedLinks,
  readArchivedWorld,
} from './archive/read.ts'
export { type ImportOptions, importWorld, type WorldSource } from './archive/write.ts'
export { streamAuditEvents } from './audit/read.ts'
export { Chat, type ChatLimits } from './chat/chat.ts'
export { deleteOldConversations } from './chat/conversations.ts'
export { loggable } from './chat/failure.ts'
export { configuredModel, endpointOf, missingSettings } from './chat/model.ts'
export type { Context } from './context.ts'
export {
  createImageWithFile,
  findImageFile,
  type Image,
  type StoredFile,
  setImageFile,
  usedFileKeys,
} from './entities/image.ts'
export { entityReader } from './entities/read.ts'
export { toTRPCError, toWorldloomError } from './errors.ts'
export { deleteOldAnswers } from './idempotency.ts'
export { listProcedures, type ProcedureEntry } from './listProcedures.ts'
export { type OpenApiDocument, openApiDocument, operationIdOf } from './openApi.ts'
export { type PostmanCollection, postmanCollection } from './postman.ts'
export type { RestRoute } from './rest.ts'
export { type AppRouter, appRouter } from './router.ts'
export { requireWorldRole } from './worlds/authorize.ts'
export { deleteOldInvitations } from './worlds/invitations.ts'
export { worldReader } from './worlds/read.ts'

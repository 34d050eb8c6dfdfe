export {
  confirmsChanges,
  createsEntities,
  deletesEntities,
  proposesChanges,
  readsEntities,
  updatesEntities,
  worldRoleFor,
} from './access.ts'
export {
  archivedKinds,
  countWorld,
  listImageFiles,
  readArchivedEntities,
  readArchivedLinks,
  readArchivedRecords,
  readArchivedWorld,
} from './archive/read.ts'
export { type ImportOptions, importWorld, type WorldSource } from './archive/write.ts'
export type { CallsPerRequest } from './batchReader.ts'
export { confirmChangeSet, dismissChangeSet, readChangeSet } from './changeSets/decide.ts'
export { countChangeSets, listChangeSets } from './changeSets/list.ts'
export { proposeChanges } from './changeSets/propose.ts'
export { findEntityAsOf, listEntitiesAsOf } from './changes/asOf.ts'
export { diffVersions } from './changes/diff.ts'
export { findVersion, listHistory } from './changes/history.ts'
export { dropOldChangePartitions, ensureChangePartitions } from './changes/partitions.ts'
export { type Change, recordChanges } from './changes/record.ts'
export { restoreVersion } from './changes/restore.ts'
export { syncWorld } from './changes/sync.ts'
export { undoRequest } from './changes/undo.ts'
export { checkContinuity, dismissFinding, reopenFinding } from './continuity/check.ts'
export { seedIronCoast } from './demo/seedIronCoast.ts'
export { addStory, listBookStories, removeStory, reorderBook } from './entities/book.ts'
export { deleteEntries, moveEntries, restoreEntries, tagEntries } from './entities/bulk.ts'
export {
  claimImageWithoutSizes,
  createImageWithFile,
  findImageFile,
  findImageWithoutSizes,
  type Image,
  type StoredFile,
  setImageFile,
  settleImageSizes,
  usedFileKeys,
} from './entities/image.ts'
export { listAncestors, listChildren } from './entities/location.ts'
export { entityReader, findEntity, findEntityByName, listEntities } from './entities/read.ts'
export { findSceneParts, setCast, setThings } from './entities/scene.ts'
export { type AnyEntity, type EntityRow, type EntitySummary, selectReadableOfAnyKind } from './entities/select.ts'
export { outlineStory } from './entities/story.ts'
export { listTableRows, tallyTable } from './entities/table.ts'
export { countWithin, deleteEntity, restoreEntity } from './entities/trash.ts'
export { createEntity, moveEntity, updateEntity } from './entities/write.ts'
export { sumDegrees } from './graph/degrees.ts'
export { findGraphAround, findGraphOfWorld } from './graph/graph.ts'
export { type Following, LiveWorlds, type LiveWorldsOptions } from './live/liveWorlds.ts'
export { deleteOldPresences, leavePresence, listPresence, reportPresence } from './live/presence.ts'
export { listMentions, listPlaceholders } from './mentions/list.ts'
export { applyNames, findNames } from './mentions/names.ts'
export { listPins, pinEntry, unpinEntry } from './pins.ts'
export { limitOf, requireReach } from './reach.ts'
export { listPublicWorlds, openReading, type Reader, type Reading } from './reading/access.ts'
export {
  countReadable,
  findBriefs,
  findReadableFile,
  findStoryOf,
  listReadable,
  listReadableConnections,
  listReadableStories,
  type ReadableAct,
  type ReadableBrief,
  type ReadableConnection,
  type ReadableEntry,
  type ReadableScene,
  readEntry,
  readingPageSize,
  readStory,
  searchReadable,
} from './reading/entries.ts'
export { listReadableMaps, type ReadableMap, readMap } from './reading/maps.ts'
export {
  createShareLink,
  deleteOldShareLinks,
  listShareLinks,
  listShareVisits,
  openShareLink,
  revokeShareLink,
  type ShownShareLink,
  showShareLink,
} from './reading/shareLinks.ts'
export { listConnections } from './records/connections.ts'
export { createLinkKind, deleteLinkKind, findLinkKind, listLinkKinds, updateLinkKind } from './records/linkKinds.ts'
export { createLink, deleteLink, findLink, updateLink } from './records/links.ts'
export {
  createMap,
  createMarker,
  deleteMap,
  deleteMarker,
  findMap,
  listMaps,
  listMapsOf,
  updateMap,
  updateMarker,
} from './records/maps.ts'
export {
  createTag,
  deleteTag,
  findTag,
  findTagsOf,
  listTagged,
  listTags,
  mergeTag,
  setTags,
  updateTag,
} from './records/tags.ts'
export { indexLanguages } from './search/languages.ts'
export { searchEntries } from './search/query.ts'
export { suggestEntries } from './search/suggest.ts'
export { sweepSearchWords } from './search/sweepWords.ts'
export { createWorldFrom } from './templates/createWorld.ts'
export type { StorePicture } from './templates/fillWorld.ts'
export { findEntityAtScene, viewEntity } from './time/atScene.ts'
export { previewCalendar } from './time/changeCalendar.ts'
export { parseDate } from './time/parseDate.ts'
export { findAdmitted, findSceneView, SceneView } from './time/sceneView.ts'
export { listTimeline } from './time/timeline.ts'
export { emptyTrash } from './trash/emptyTrash.ts'
export { createView, deleteView, listViews, updateView } from './views.ts'
export { WebhookSender, type WebhookSenderOptions } from './webhooks/webhookSender.ts'
export {
  createWebhook,
  deleteOldDeliveries,
  deleteWebhook,
  findWebhook,
  listDeliveries,
  listFailingWebhooks,
  listWebhooks,
  retryWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from './webhooks/webhooks.ts'
export { requireRole, requireWorldRole } from './worlds/authorize.ts'
export {
  acceptInvitation,
  createInvitation,
  deleteOldInvitations,
  listInvitations,
  revokeInvitation,
  showInvitation,
} from './worlds/invitations.ts'
export { leaveWorld, listMembers, removeMember, transferWorld, updateMember } from './worlds/members.ts'
export { listTrash, overviewWorld } from './worlds/overview.ts'
export { findProgress, listEmpty } from './worlds/progress.ts'
export { findWorldById, findWorldByName, listWorlds, worldReader } from './worlds/read.ts'
export { selectReadableWorlds } from './worlds/select.ts'
export { deleteWorld, restoreWorld, updateWorld } from './worlds/write.ts'
export type { Writer } from './writer.ts'

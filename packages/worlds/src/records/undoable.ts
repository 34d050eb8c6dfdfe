import type { Database } from '@worldloom/db'
import type { WorldRecordKind } from '@worldloom/schema'
import { dismissalRecord, reopenFinding, restoreDismissal, updateDismissal } from '../continuity/check.ts'
import type { Writer } from '../writer.ts'
import { deleteLinkKind, linkKindRecord, restoreLinkKind, updateLinkKind } from './linkKinds.ts'
import { deleteLink, linkRecord, restoreLink, updateLink } from './links.ts'
import {
  deleteMap,
  deleteMarker,
  mapRecord,
  markerRecord,
  restoreMap,
  restoreMarker,
  updateMap,
  updateMarker,
} from './maps.ts'
import { lockRecord, type RecordDefinition, type WorldRecord } from './records.ts'
import { deleteTag, restoreTag, tagRecord, updateTag } from './tags.ts'

interface Versioned {
  readonly id: string
  readonly version: number
}

/** How changes to a kind of record are undone: through the functions that make them. */
interface Undoable {
  lock(trx: Database, writer: Writer, id: string): Promise<WorldRecord>
  update(trx: Database, writer: Writer, input: Versioned & Readonly<Record<string, unknown>>): Promise<unknown>
  delete(trx: Database, writer: Writer, input: Versioned): Promise<unknown>
  restore(trx: Database, writer: Writer, id: string): Promise<unknown>
}

function locking<Row extends WorldRecord>(definition: RecordDefinition<Row>): Undoable['lock'] {
  return async (trx, { principal }, id) => await lockRecord(trx, principal, definition, id)
}

/** The fields of an update are those that the log has of one. */
export const undoableRecords: Readonly<Record<WorldRecordKind, Undoable>> = {
  tag: { lock: locking(tagRecord), update: updateTag, delete: deleteTag, restore: restoreTag },
  linkKind: { lock: locking(linkKindRecord), update: updateLinkKind, delete: deleteLinkKind, restore: restoreLinkKind },
  link: { lock: locking(linkRecord), update: updateLink, delete: deleteLink, restore: restoreLink },
  finding: {
    lock: locking(dismissalRecord),
    update: updateDismissal,
    delete: reopenFinding,
    restore: restoreDismissal,
  },
  map: { lock: locking(mapRecord), update: updateMap, delete: deleteMap, restore: restoreMap },
  marker: { lock: locking(markerRecord), update: updateMarker, delete: deleteMarker, restore: restoreMarker },
}

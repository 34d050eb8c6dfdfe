import type { HistoryItem } from '../../lib/api.ts'
import { isEntityKind, kinds } from '../../lib/kinds.ts'
import { entityFields } from '../entities/entityFields.ts'
import { bodyField, sharedFields } from '../records/recordFields.ts'

/** Fields that no form has. */
const others: Readonly<Record<string, string>> = {
  visibility: 'Who can read it',
  ownerId: 'Owner',
  role: 'Role',
  position: 'Place',
  personaIds: 'Cast',
  thingIds: 'Things',
  storyIds: 'Stories',
  tagIds: 'Tags',
  isPlaceholder: 'Placeholder',
  spoilers: 'Spoilers',
  language: 'Language',
  calendar: 'Calendar',
  color: 'Color',
  inverseName: 'Name from the other end',
  note: 'Note',
  beganOn: 'Beginning',
  endedOn: 'End',
  reason: 'Reason',
  fileKey: 'File',
}

/** What a field is called in the app. */
export function fieldLabel(kind: HistoryItem['kind'], name: string): string {
  const fields = isEntityKind(kind) ? entityFields(kinds[kind], true) : [...sharedFields, bodyField]
  return fields.find((field) => field.name === name)?.label ?? others[name] ?? name
}

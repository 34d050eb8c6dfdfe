import type { HistoryItem } from '../../lib/api.ts'
import { kinds } from '../../lib/kinds.ts'
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
  fileKey: 'File',
}

/** What a field is called in the app. */
export function fieldLabel(kind: HistoryItem['kind'], name: string): string {
  const fields = kind === 'world' || kind === 'member' ? [...sharedFields, bodyField] : entityFields(kinds[kind], true)
  return fields.find((field) => field.name === name)?.label ?? others[name] ?? name
}

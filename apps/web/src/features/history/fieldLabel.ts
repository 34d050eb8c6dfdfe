import type { HistoryItem } from '../../lib/api.ts'
import { isEntityKind, kinds } from '../../lib/kinds.ts'
import * as common from '../../ui/words.ts'
import { entityFields } from '../entities/entityFields.ts'
import { bodyField, sharedFields } from '../records/recordFields.ts'
import * as words from './words.ts'

/** Fields that no form has. */
const others: Readonly<Record<string, string>> = {
  visibility: common.whoCanReadIt,
  ownerId: words.owner,
  role: words.role,
  position: words.place,
  personaIds: words.cast,
  thingIds: words.things,
  storyIds: common.stories,
  tagIds: common.tags,
  isPlaceholder: words.placeholder,
  spoilers: words.spoilers,
  language: words.language,
  calendar: words.calendar,
  color: common.color,
  inverseName: words.nameFromTheOtherEnd,
  note: words.note,
  beganOn: words.beginning,
  endedOn: words.end,
  reason: words.reason,
  fileKey: words.file,
  coverId: words.cover,
}

/** What a field is called in the app. */
export function fieldLabel(kind: HistoryItem['kind'], name: string): string {
  const fields = isEntityKind(kind) ? entityFields(kinds[kind], true) : [...sharedFields, bodyField]
  return fields.find((field) => field.name === name)?.label ?? others[name] ?? name
}
